import type { Message } from '../ticket/message.ts';
import type { Report, Ticket } from '../ticket/ticket.ts';
import { maskSecretsInHtml } from './mask-html.ts';
import { maskCards, maskedName, maskSecrets } from './mask-secrets.ts';

/**
 * A message as it may be stored. What a customer wrote and what agents note among themselves keeps no secret; what the
 * desk sends keeps no card number, while a new password has to reach the customer.
 */
export const maskedMessage = (message: Message): Message => {
  const kinds = new Set<string>(message.masked);
  const clean = message.direction === 'out' ? maskCards : maskSecrets;
  const noted = (masked: ReturnType<typeof maskSecrets>): string => {
    for (const kind of masked.masked) kinds.add(kind);
    return masked.text;
  };
  const { text, html, quoted, attachments, saidBy } = message;
  return {
    ...message,
    text: noted(clean(text)),
    ...(saidBy === undefined ? {} : { saidBy: maskedName(saidBy) }),
    ...(html === undefined ? {} : { html: noted(maskSecretsInHtml(html)) }),
    ...(quoted === undefined ? {} : { quoted: noted(clean(quoted)) }),
    attachments: attachments.map((attachment) => ({ ...attachment, name: noted(clean(attachment.name)) })),
    ...(kinds.size === 0 ? {} : { masked: [...kinds].sort() }),
  };
};

/** A ticket whose subject and diagnosis fields may be stored. A field is read with its name: `pin: 1234`. */
export const maskedTicket = <T extends Ticket>(ticket: T): T => ({
  ...ticket,
  subject: maskSecrets(ticket.subject).text,
  report: maskedReport(ticket.report),
});

const maskedReport = ({ category, product, context, ...codes }: Report): Report => ({
  ...codes,
  ...(category === undefined ? {} : { category: maskSecrets(category).text }),
  ...(product === undefined ? {} : { product: maskSecrets(product).text }),
  ...(context === undefined ? {} : { context: maskedContext(context) }),
});

const maskedContext = (context: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(context).map(([name, value]) => [maskSecrets(name).text, maskedField(name, value)]),
  );

const maskedField = (name: string, value: string): string => {
  const label = `${name.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')}: `;
  const { text } = maskSecrets(label + value);
  return text.startsWith(label) ? text.slice(label.length) : maskSecrets(value).text;
};

/** Words that stand on an event: why a ticket is held, what its cause was. */
export const maskedWords = <T extends object>(noted: T): T => {
  const entries = Object.entries(noted).map(([name, value]: [string, unknown]) =>
    WORDS.has(name) && typeof value === 'string' ? [name, maskSecrets(value).text] : [name, value],
  );
  return Object.assign({}, noted, Object.fromEntries(entries));
};

const WORDS: ReadonlySet<string> = new Set(['reason', 'cause', 'solution', 'check']);
