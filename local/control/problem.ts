/** A request the control API cannot carry out; answered as RFC 9457 problem+json. */
export class ControlProblem extends Error {
  readonly status: number;
  readonly title: string;

  constructor(status: number, title: string, detail: string) {
    super(detail);
    this.name = 'ControlProblem';
    this.status = status;
    this.title = title;
  }
}

export const malformed = (detail: string): ControlProblem => new ControlProblem(400, 'Malformed request', detail);
export const unprocessable = (detail: string): ControlProblem => new ControlProblem(422, 'Wrong shape', detail);
export const notFound = (detail: string): ControlProblem => new ControlProblem(404, 'Not found', detail);
