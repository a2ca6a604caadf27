import { asText } from '../contact/phrase.ts';
import type { Language } from '../contact/words.ts';
import { assertNever } from '../support/exhaustive.ts';
import type { Block, MailBody } from './content.ts';

/** The plain part: one paragraph per block, links on lines of their own so that no program breaks them. */
export const toText = (body: MailBody, locale: Language): string => {
  const main = body.blocks.filter((block) => !isSmall(block)).map((block) => blockText(block, locale));
  const small = body.blocks.filter(isSmall).map((block) => blockText(block, locale));
  // "-- " alone on a line ends what a mail program quotes (RFC 3676, 4.3).
  return `${main.join('\n\n')}\n\n-- \n${small.join('\n')}\n`;
};

const isSmall = ({ kind }: Block): boolean => kind === 'note' || kind === 'link' || kind === 'choices';

const blockText = (block: Block, locale: Language): string => {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
      return asText(block.inlines, locale.dir);
    case 'button':
      return `${block.label}:\n${block.href}`;
    case 'link':
      return `${[asText(block.lead, locale.dir), block.label].filter((part) => part !== '').join(' ')}:\n${block.href}`;
    case 'links':
      return block.links.map(({ label, href }) => `${label}:\n${href}`).join('\n');
    case 'choices':
      return `${block.label}:\n${block.href}`;
    case 'message':
      return block.text.trim();
    case 'quote':
      return block.text
        .trim()
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n');
    case 'scale':
      return [
        block.question,
        '',
        ...block.options.map(({ value, label, href }) => `${value}  ${label}:\n   ${href}`),
      ].join('\n');
    case 'numbers':
      return `${block.question}\n\n${[0, -1].map((index) => `${block.options.at(index)?.value} – ${block.ends.at(index)}`).join(' … ')}:\n${block.href}`;
    case 'facts':
      return block.rows.map(({ name, value }) => `${name}: ${asText(value, locale.dir)}`).join('\n');
    case 'signature':
      return block.text;
    default:
      return assertNever(block);
  }
};
