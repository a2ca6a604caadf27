/** Real time between two background runs while requests keep coming. */
const BREATH_MS = 1000;
/** Longer than this no background run waits, however many requests come: what follows lags, but never stops. */
const PATIENCE_MS = 30_000;

interface Waiting {
  name: string;
  since: number;
  go: () => void;
}

/**
 * Lets requests that a person waits for go first. On AWS each function has machines of its own; here all share two cores,
 * so a burst of requests would wait for the work that the first of them caused.
 */
export class RightOfWay {
  private urgent = 0;
  private waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly now: () => number;

  /** `now`: real milliseconds of any origin. */
  constructor(now: () => number = () => performance.now()) {
    this.now = now;
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
      this.waiting.push({ name, since: this.now(), go });
      this.timer ??= setInterval(() => this.breathe(), BREATH_MS);
    }).then(run);
  }

  /** How many runs of that name wait now. */
  waitingFor(name: string): number {
    return this.waiting.filter((each) => each.name === name).length;
  }

  private breathe(): void {
    const patient = this.now() - PATIENCE_MS;
    const tired = this.waiting.filter(({ since }) => since <= patient).length;
    for (const { go } of this.waiting.splice(0, Math.max(1, tired))) go();
  }

  private goOn(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    for (const { go } of this.waiting.splice(0)) go();
  }
}
