import type { z } from 'zod';
import { articleFile } from '../schema.ts';
import { type Source, sourceOf } from './source.ts';

/** One Markdown file: its front matter, its body, and the line of the file on which the body begins. */
export interface ArticleSource {
  slug: string;
  locale: string;
  source: Source;
  matter: z.output<typeof articleFile> | undefined;
  body: string;
  /** Lines above the body. */
  above: number;
}

const FENCE = '---';

/** Takes a file apart. One without front matter is a mistake, and has no body worth checking. */
export const readArticle = (text: string, at: { slug: string; locale: string; file: string }): ArticleSource => {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const end = lines.indexOf(FENCE, 1);
  if (lines[0] !== FENCE || end < 0) {
    const source = sourceOf('', at.file);
    source.mistakes.push({
      file: at.file,
      line: 1,
      what: 'the front matter is missing; begin with a line ---, then title, category, keywords, reviewed and review-every, then ---',
    });
    return { ...at, source, matter: undefined, body: text, above: 0 };
  }
  const source = sourceOf(lines.slice(1, end).join('\n'), at.file, { above: 1 });
  return {
    ...at,
    source,
    matter: source.as(articleFile),
    body: lines.slice(end + 1).join('\n'),
    above: end + 1,
  };
};
