import type { Kernel } from '../kernel/kernel.ts';

/** One piece of work as the kernel counts it: under way, or resting until a timer wakes it. */
export class Span {
  private readonly kernel: Kernel;
  private readonly label: string;
  private close: () => void;

  constructor(kernel: Kernel, label: string) {
    this.kernel = kernel;
    this.label = label;
    this.close = kernel.activity.begin(label);
  }

  end(): void {
    this.close();
  }

  /** Waits on the virtual clock; meanwhile all may be quiet. */
  rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.kernel.timers.at(this.kernel.clock.now() + ms, this.label, () => {
        this.close = this.kernel.activity.begin(this.label);
        resolve();
      });
      this.close();
    });
  }
}
