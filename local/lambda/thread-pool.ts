import type { FunctionConfig } from './function-config.ts';
import type { FunctionThread, Job, Run } from './function-thread.ts';

export interface PoolLimits {
  /** Threads of one function. */
  perFunction: number;
  /** Threads of all functions; only a function without any thread may exceed it, so that nobody waits for ever. */
  total: number;
}

/** A thread with the desk's AWS clients takes 20 to 40 MB (`npm run bench -- threads`). */
export const DEFAULT_LIMITS: PoolLimits = { perFunction: 3, total: 10 };

interface Waiting {
  job: Job;
  resolve: (run: Run) => void;
}

interface Crew {
  config: FunctionConfig;
  idle: FunctionThread[];
  busy: Set<FunctionThread>;
  waiting: Waiting[];
  coldStarts: number;
}

/** Threads by function: started when first needed, more on a backlog, the least recently used ended when there are many. */
export class ThreadPool {
  private readonly crews = new Map<string, Crew>();
  /** Idle threads in order of their last use. */
  private readonly resting = new Map<FunctionThread, Crew>();
  private readonly ending = new Set<Promise<void>>();
  private threads = 0;
  private readonly create: (config: FunctionConfig) => FunctionThread;
  private readonly limits: PoolLimits;

  constructor(create: (config: FunctionConfig) => FunctionThread, limits: PoolLimits = DEFAULT_LIMITS) {
    this.create = create;
    this.limits = limits;
  }

  run(config: FunctionConfig, job: Job): Promise<Run> {
    const crew = this.crew(config);
    return new Promise((resolve) => {
      crew.waiting.push({ job, resolve });
      this.serve(crew);
    });
  }

  /** Events being run or waiting for a thread. */
  load(name: string): number {
    const crew = this.crews.get(name);
    return crew === undefined ? 0 : crew.busy.size + crew.waiting.length;
  }

  coldStarts(): Record<string, number> {
    return Object.fromEntries([...this.crews].map(([name, crew]) => [name, crew.coldStarts]));
  }

  size(): number {
    return this.threads;
  }

  /** Lets no event reach the threads of former code. */
  retire(name: string): void {
    const crew = this.crews.get(name);
    if (crew === undefined) return;
    for (const thread of [...crew.idle]) this.dismiss(crew, thread);
    for (const thread of crew.busy) thread.retired = true;
  }

  async stop(): Promise<void> {
    for (const crew of this.crews.values()) {
      for (const thread of [...crew.idle, ...crew.busy]) this.finish(thread);
    }
    await Promise.all(this.ending);
  }

  private crew(config: FunctionConfig): Crew {
    const found = this.crews.get(config.name);
    if (found !== undefined) {
      found.config = config;
      return found;
    }
    const crew: Crew = { config, idle: [], busy: new Set(), waiting: [], coldStarts: 0 };
    this.crews.set(config.name, crew);
    return crew;
  }

  private serve(crew: Crew): void {
    while (crew.waiting.length > 0) {
      const thread = this.take(crew);
      const next = thread && crew.waiting.shift();
      if (thread === undefined || next === undefined) return;
      crew.busy.add(thread);
      void thread.run(next.job).then((run) => {
        this.release(crew, thread);
        next.resolve(run);
      });
    }
  }

  private take(crew: Crew): FunctionThread | undefined {
    for (let thread = crew.idle.pop(); thread !== undefined; thread = crew.idle.pop()) {
      this.resting.delete(thread);
      if (!thread.dead) return thread;
      this.threads -= 1;
    }
    if (
      crew.busy.size >= Math.min(this.limits.perFunction, crew.config.reservedConcurrency || Number.POSITIVE_INFINITY)
    ) {
      return undefined;
    }
    if (this.threads >= this.limits.total) this.makeRoom();
    if (this.threads >= this.limits.total && crew.busy.size > 0) return undefined;
    this.threads += 1;
    crew.coldStarts += 1;
    return this.create(crew.config);
  }

  private release(crew: Crew, thread: FunctionThread): void {
    crew.busy.delete(thread);
    const surplus = this.threads > this.limits.total && crew.waiting.length === 0;
    if (thread.dead || thread.retired || surplus) {
      this.threads -= 1;
      this.finish(thread);
    } else {
      crew.idle.push(thread);
      this.resting.set(thread, crew);
    }
    this.serve(crew);
    // Room that became free may be what another function's backlog waits for.
    for (const other of this.crews.values()) if (other !== crew && other.waiting.length > 0) this.serve(other);
  }

  private makeRoom(): void {
    const [oldest] = this.resting;
    if (oldest !== undefined) this.dismiss(oldest[1], oldest[0]);
  }

  private dismiss(crew: Crew, thread: FunctionThread): void {
    crew.idle = crew.idle.filter((other) => other !== thread);
    this.resting.delete(thread);
    this.threads -= 1;
    this.finish(thread);
  }

  private finish(thread: FunctionThread): void {
    const end = thread.end().finally(() => this.ending.delete(end));
    this.ending.add(end);
  }
}
