import { format } from 'node:util';

interface Output {
  /** Sets whose lines follow. */
  requestId: string;
}

const LEVELS = { log: 'INFO', info: 'INFO', debug: 'DEBUG', trace: 'TRACE', warn: 'WARN', error: 'ERROR' } as const;
const ORDER = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/**
 * Sends everything written to the console or the standard streams to `emit`, line by line: console calls with time,
 * request and level as on AWS (text or JSON), raw writes (loggers, metrics) as they are.
 */
export const captureOutput = (logFormat: 'Text' | 'JSON', logLevel: string, emit: (line: string) => void): Output => {
  const output: Output = { requestId: '' };
  for (const [method, level] of Object.entries(LEVELS)) {
    Object.defineProperty(console, method, {
      configurable: true,
      writable: true,
      value: (...values: unknown[]) => {
        if (logFormat === 'JSON' && ORDER.indexOf(level) < ORDER.indexOf(logLevel)) return;
        const timestamp = new Date().toISOString();
        const { requestId } = output;
        emit(
          logFormat === 'JSON'
            ? JSON.stringify({ timestamp, level, requestId, message: messageOf(values) })
            : `${timestamp}\t${requestId}\t${level}\t${format(...values)}`,
        );
      },
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    const write = (chunk: string | Uint8Array): boolean => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      emit(text.replace(/\n$/, ''));
      return true;
    };
    Object.defineProperty(stream, 'write', {
      value: (chunk: string | Uint8Array, ...rest: unknown[]) => {
        const done = rest.find((one) => typeof one === 'function');
        write(chunk);
        if (done) process.nextTick(done);
        return true;
      },
    });
  }
  return output;
};

const messageOf = (values: unknown[]): unknown => {
  const [only] = values;
  if (values.length !== 1 || typeof only !== 'object' || only === null || only instanceof Error)
    return format(...values);
  try {
    return JSON.parse(JSON.stringify(only));
  } catch {
    return format(only);
  }
};
