/** A reply somebody wrote with care, from desk/templates/<language>/<name>.md. */
export interface ReplyTemplate {
  /** The file's name without `.md`, the same in every language. */
  name: string;
  locale: string;
  title: string;
  /** When it is used, for agents. */
  when: string;
  categories: string[];
  keywords: string[];
  /** Plain text with blanks: `{customer.name|there}`. */
  body: string;
}

/** What a template may leave a blank for. Those that can be unknown need words to stand in for them. */
export const TEMPLATE_BLANKS = {
  'customer.name': { mayBeMissing: true },
  'ticket.id': { mayBeMissing: false },
  'ticket.subject': { mayBeMissing: false },
  'agent.name': { mayBeMissing: false },
  'desk.name': { mayBeMissing: false },
  /** When the next answer or the solution is due, as the customer reads times. */
  promise: { mayBeMissing: true },
} as const;

export type TemplateBlank = keyof typeof TEMPLATE_BLANKS;
export type Blanks = { [blank in TemplateBlank]?: string };

/** A blank as it is written: its name, and after `|` what stands there when it is unknown. */
export const BLANK = /\{([^{}|\n]*)(?:\|([^{}\n]*))?\}/g;

/**
 * Fills the blanks of a template. A blank whose stand-in is empty takes the space before it along, so that "Guten Tag
 * {customer.name|}," reads well without a name.
 */
export const fillTemplate = ({ body }: Pick<ReplyTemplate, 'body'>, blanks: Blanks): string =>
  body.replace(/([ \t]?)\{([^{}|\n]*)(?:\|([^{}\n]*))?\}/g, (_, space: string, name: string, standIn = '') => {
    const known = Object.hasOwn(blanks, name) ? Object.entries(blanks).find(([key]) => key === name)?.[1] : undefined;
    const text = known ?? String(standIn);
    return text === '' ? '' : space + text;
  });
