/** What one invocation wrote. */
export interface InvocationLog {
  functionName: string;
  requestId: string;
  /** Virtual epoch ms at the start. */
  at: number;
  lines: string[];
}

const KEPT_INVOCATIONS = 500;
const KEPT_CHARACTERS = 65_536;

/** The logs of the latest invocations, in order. */
export class LogRing {
  private readonly logs: InvocationLog[] = [];

  /** Opens the log of an invocation; lines beyond 64 K characters are dropped and said so once. */
  open(functionName: string, requestId: string, at: number): { add: (line: string) => void; lines: string[] } {
    const log: InvocationLog = { functionName, requestId, at, lines: [] };
    this.logs.push(log);
    if (this.logs.length > KEPT_INVOCATIONS) this.logs.shift();
    let left = KEPT_CHARACTERS;
    return {
      lines: log.lines,
      add: (line) => {
        if (left < 0) return;
        left -= line.length;
        log.lines.push(left < 0 ? '(more was written than is kept)' : line);
      },
    };
  }

  read(functionName?: string): InvocationLog[] {
    return this.logs.filter((log) => functionName === undefined || log.functionName === functionName);
  }
}
