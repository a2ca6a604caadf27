import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { createTransport } from 'nodemailer';

/** A mail as the control API lists it; `n` counts from 1 in time order. */
export interface CapturedMail {
  n: number;
  at: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html?: string;
  headers: Record<string, string>;
  key?: string;
}

export interface ListedExecution {
  name: string;
  machine: string;
  status: string;
  state?: string;
  startedAt: string;
  stoppedAt?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the answer's shape is the route's; whoever reads it asserts on it.
  json: any;
}

export interface Ports {
  http: number;
  aws: number;
  smtp: number;
}

/** A runtime in a process of its own, driven as a user drives it: HTTP, SMTP and the control API. */
export class RunningDesk {
  readonly ports: Ports;
  readonly pid: number;
  private readonly exit: Promise<number | null>;
  /** What the process wrote to its standard error. */
  private readonly said: () => string;
  private readonly kill: (signal: NodeJS.Signals) => void;
  private readonly tokens = new Map<string, string>();

  private constructor(
    ports: Ports,
    pid: number,
    exit: Promise<number | null>,
    said: () => string,
    kill: (signal: NodeJS.Signals) => void,
  ) {
    this.ports = ports;
    this.pid = pid;
    this.exit = exit;
    this.said = said;
    this.kill = kill;
  }

  /** Starts `local/main.ts` with free ports and the given further flags; resolves at its ready line. */
  static async start(flags: string[] = ['--memory']): Promise<RunningDesk> {
    const child = spawn(
      process.execPath,
      ['local/main.ts', '--http', '0', '--aws', '0', '--smtp', '0', '--quiet', ...flags],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const exit = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const ready = new Promise<Ports>((done) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const found = /careline ready http=\S*?(\d+) aws=\S*?(\d+) smtp=\S*?(\d+)/.exec(line);
        if (found) done({ http: Number(found[1]), aws: Number(found[2]), smtp: Number(found[3]) });
      });
    });
    const ports = await Promise.race([
      ready,
      exit.then((code) => {
        throw new Error(`The local runtime ended with ${code} before it was ready:\n${said}`);
      }),
    ]);
    return new RunningDesk(
      ports,
      child.pid ?? 0,
      exit,
      () => said,
      (signal) => child.kill(signal),
    );
  }

  get url(): string {
    return `http://127.0.0.1:${this.ports.http}`;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.ports.aws}`;
  }

  /** Ends it as Ctrl-C does, or at once with SIGKILL. */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    this.kill(signal);
    return this.exit;
  }

  async request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const form = body instanceof URLSearchParams;
    const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
    const response = await fetch(path.startsWith('http') ? path : this.url + path, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'content-type': type }), ...headers },
      ...(body === undefined ? {} : { body: form ? body : typeof body === 'string' ? body : JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new Error(`${method} ${path} got no answer. The runtime said:\n${this.said()}`, { cause: error });
    });
    const text = await response.text();
    const json = text !== '' && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, text, json };
  }

  /** As an agent: a token of the local user pool. */
  async as(user: string, groups: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const who = `${user} ${groups}`;
    const token = this.tokens.get(who) ?? (await this.control('GET', `token?user=${user}&groups=${groups}`)).token;
    this.tokens.set(who, token);
    const answer = await this.request(method, path, body, { authorization: `Bearer ${token}` });
    if (answer.status !== 401) return answer;
    // The clock was moved past the token's expiry: sign in again.
    this.tokens.delete(who);
    const fresh = (await this.control('GET', `token?user=${user}&groups=${groups}`)).token;
    this.tokens.set(who, fresh);
    return this.request(method, path, body, { authorization: `Bearer ${fresh}` });
  }

  // biome-ignore lint/suspicious/noExplicitAny: each control route has a shape of its own.
  async control(method: string, path: string, body?: unknown): Promise<any> {
    const answer = await this.request(method, `/_local/${path}`, body);
    if (answer.status >= 400) throw new Error(`${method} /_local/${path} answered ${answer.status}: ${answer.text}`);
    return answer.json;
  }

  async now(): Promise<string> {
    return (await this.control('GET', 'clock')).now;
  }

  /** Moves the clock by an ISO 8601 duration, or to an instant; everything due on the way has happened when it returns. */
  async move(how: { advance: string } | { to: string }): Promise<{ now: string; fired: number }> {
    return this.control('POST', 'clock', how);
  }

  async settle(): Promise<void> {
    await this.control('POST', 'settle');
  }

  async mails(): Promise<CapturedMail[]> {
    await this.settle();
    return (await this.control('GET', 'mail')).mails;
  }

  async executions(machine?: string): Promise<ListedExecution[]> {
    await this.settle();
    return (await this.control('GET', machine ? `executions?machine=${machine}` : 'executions')).executions;
  }

  /** Sends a mail by SMTP, as any mail client would; returns its Message-ID. */
  async write(mail: {
    from: string;
    to: string;
    subject: string;
    text: string;
    inReplyTo?: string;
    references?: string;
    /** Each mail has its own without it: the same Message-ID and date twice is one mail, delivered twice. */
    messageId?: string;
    date?: Date;
  }): Promise<string> {
    const transport = createTransport({ host: '127.0.0.1', port: this.ports.smtp, secure: false, ignoreTLS: true });
    try {
      const sent = await transport.sendMail(mail);
      return sent.messageId;
    } finally {
      transport.close();
    }
  }
}
