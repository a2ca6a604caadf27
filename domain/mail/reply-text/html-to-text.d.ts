/** The part of html-to-text 10 that is used here; the package brings no types. */
declare module 'html-to-text' {
  export interface Element {
    /** None where it is text between tags. */
    name?: string;
    attribs?: Record<string, string>;
    children: Element[];
    prev?: Element | null;
  }
  export interface Builder {
    openBlock(options?: { leadingLineBreaks?: number; reservedLineLength?: number }): void;
    closeBlock(options?: { trailingLineBreaks?: number; blockTransform?: (text: string) => string }): void;
    addInline(text: string, options?: object): void;
    addLiteral(text: string): void;
    addLineBreak(): void;
  }
  export type Formatter = (
    element: Element,
    walk: (children: Element[], builder: Builder) => void,
    builder: Builder,
    options: Record<string, unknown>,
  ) => void;
  export interface Options {
    baseElements?: { selectors?: string[]; returnDomByDefault?: boolean };
    wordwrap?: number | false;
    formatters?: Record<string, Formatter>;
    selectors?: Array<{ selector: string; format?: string; options?: Record<string, unknown> }>;
    limits?: { maxDepth?: number; maxInputLength?: number; maxChildNodes?: number; ellipsis?: string };
    whitespaceCharacters?: string;
  }
  export const compile: (options: Options) => (html: string) => string;
}
