/** The template holds something the runtime cannot deploy; the message names the place. */
export class TemplateError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TemplateError';
  }
}
