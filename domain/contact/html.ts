/** Markup that is safe to send: made by `html` alone, so text from outside cannot become one by accident. */
export class Html {
  readonly markup: string;
  private constructor(markup: string) {
    this.markup = markup;
  }
  /** Only for markup that is written in this repository. */
  static trusted(markup: string): Html {
    return new Html(markup);
  }
}

/** What may stand in a blank of a template; text is escaped, nothing leaves nothing. */
export type Piece = Html | string | number | undefined | false | readonly Piece[];

/** Makes markup: `` html`<p>${words}</p>` ``. This and `escapeText` are the only places that escape. */
export const html = (strings: TemplateStringsArray, ...pieces: Piece[]): Html =>
  Html.trusted(strings.map((text, index) => text + markupOf(pieces[index])).join(''));

const markupOf = (piece: Piece): string => {
  if (piece === undefined || piece === false) return '';
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === 'string') return escapeText(piece);
  if (typeof piece === 'number') return String(piece);
  return piece.map(markupOf).join('');
};

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** For text and for quoted attributes. Characters that HTML forbids are shown as a replacement sign. */
export const escapeText = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not get through
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd');

/** An address that may stand in `href`. Throws for anything but http(s): a `javascript:` link would be ours. */
export const webLink = (link: string): string => {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new Error(`"${link.slice(0, 60)}" is not a web address; links of the desk start with https:// or http://.`);
  return link;
};
