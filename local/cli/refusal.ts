/** Why the runtime does not start, in one sentence with the remedy; printed without a stack, exit code 1. */
export class Refusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refusal';
  }
}
