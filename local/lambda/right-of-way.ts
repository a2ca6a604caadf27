/** Real time between two background runs while requests keep coming: what follows lags, but never stops. */
const BREATH_MS = 100;

/**
 * Lets requests that a person waits for go first. On AWS each function has machines of its own; here all share two cores,
 * so a burst of requests would wait for the work that the first of them caused.
 */
export class RightOfWay {
  private urgent = 0;
  private readonly waiting: Array<{ name: string; go: () => void }> = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly breathMs: number;

  constructor(breathMs = BREATH_MS) {
    this.breathMs = breathMs;
  }

  /** A request's own run; what is to run in its turn waits meanwhile. */
  async first<T>(run: () => Promise<T>): Promise<T> {
    this.urgent += 1;
    try {
      return await run();
    } finally {
      this.urgent -= 1;
      if (this.urgent === 0) this.goOn();
    }
  }

  /** Runs at once when no request is under way, else when there is none, or in a breath between them. */
  inTurn<T>(name: string, run: () => Promise<T>): Promise<T> {
    if (this.urgent === 0) return run();
    return new Promise<void>((go) => {
      this.waiting.push({ name, go });
      this.timer ??= setInterval(() => this.waiting.shift()?.go(), this.breathMs);
    }).then(run);
  }

  /** How many runs of that name wait now. */
  waitingFor(name: string): number {
    return this.waiting.filter((each) => each.name === name).length;
  }

  private goOn(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    for (const { go } of this.waiting.splice(0)) go();
  }
}
