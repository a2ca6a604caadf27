import type { CapturedMail, RunningDesk } from '../../local/client/running-desk.ts';

interface Line {
  at: string;
  text: string;
}

interface StoredEvent {
  id: string;
  at: string;
  type: string;
  by: string;
  reason: string;
}

const WHEN = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Europe/Berlin',
});

const moment = (iso: string): string => WHEN.format(new Date(iso)).replace(',', '');

const promisedBy = ({ clock }: { clock: { firstReply?: { dueAt: string } } }): string =>
  clock.firstReply === undefined ? 'nobody' : moment(clock.firstReply.dueAt);

/** Tells what happened as a support lead would, in the order it happened, and remembers what it has told. */
export class Timeline {
  private readonly desk: RunningDesk;
  private readonly tickets = new Map<string, string>();
  private readonly toldEvents = new Set<string>();
  private readonly toldStates = new Map<string, string>();
  private toldMails = 0;
  readonly mails: CapturedMail[] = [];

  constructor(desk: RunningDesk) {
    this.desk = desk;
  }

  /** From now on the events of this ticket are told under this name. */
  follow(ticketId: string, who: string): void {
    this.tickets.set(ticketId, who);
  }

  /** What a person did, in our words. */
  async person(text: string): Promise<void> {
    this.print([{ at: await this.desk.now(), text: `● ${text}` }]);
  }

  heading(text: string): void {
    process.stdout.write(`\n  ${text}\n`);
  }

  /** Everything the desk did since last time: events of the followed tickets, and every mail. */
  async catchUp(): Promise<void> {
    const mails = await this.desk.mails();
    const lines: Line[] = [];
    for (const [ticketId, who] of this.tickets) {
      const answer = await this.desk.as('lina', 'lead', 'GET', `/desk/tickets/${ticketId}`);
      for (const event of answer.json.events as StoredEvent[]) {
        if (this.toldEvents.has(event.id)) continue;
        this.toldEvents.add(event.id);
        const promise =
          event.type === 'acknowledged' ? ` Promised: a first reply by ${promisedBy(answer.json.ticket)}.` : '';
        lines.push({
          at: event.at,
          text: `  ${event.type} · ${event.reason}${promise} [${who}, ${ticketId}; ${event.by}]`,
        });
      }
    }
    for (const mail of mails.slice(this.toldMails)) {
      this.mails.push(mail);
      lines.push({ at: mail.at, text: `  ✉ to ${mail.to.join(', ')}: “${mail.subject.replace(/[⁦-⁩]/gu, '')}”` });
    }
    this.toldMails = mails.length;
    lines.push(...(await this.whereTheyStand()));
    this.print(lines);
  }

  /** A line for each execution of a followed ticket that stands elsewhere than it was last told. */
  private async whereTheyStand(): Promise<Line[]> {
    const at = await this.desk.now();
    return (await this.desk.executions()).flatMap(({ name, machine, status, state = '' }) => {
      const who = this.tickets.get(name.split('-').slice(0, 2).join('-'));
      const stands = `${status} ${state}`;
      if (who === undefined || this.toldStates.get(name) === stands) return [];
      this.toldStates.set(name, stands);
      const where = status === 'RUNNING' ? `stands in “${state}”` : `ended in “${state}”`;
      return [{ at, text: `  ▸ ${machine.split('-').at(-1)} of ${who} ${where}` }];
    });
  }

  private print(lines: Line[]): void {
    for (const line of lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
      process.stdout.write(`${moment(line.at)}  ${line.text}\n`);
    }
  }
}
