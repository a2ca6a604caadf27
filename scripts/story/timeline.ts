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

/** Tells what happened as a support lead would, in the order it happened, and remembers what it has told. */
export class Timeline {
  private readonly desk: RunningDesk;
  private readonly tickets = new Map<string, string>();
  private readonly toldEvents = new Set<string>();
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
    for (const mail of mails.slice(this.toldMails)) {
      this.mails.push(mail);
      lines.push({ at: mail.at, text: `  ✉ to ${mail.to.join(', ')}: “${mail.subject.replace(/[⁦-⁩]/gu, '')}”` });
    }
    this.toldMails = mails.length;
    for (const [ticketId, who] of this.tickets) {
      const answer = await this.desk.as('lina', 'lead', 'GET', `/desk/tickets/${ticketId}`);
      for (const event of answer.json.events as StoredEvent[]) {
        if (this.toldEvents.has(event.id)) continue;
        this.toldEvents.add(event.id);
        lines.push({ at: event.at, text: `  ${event.type} · ${event.reason} [${who}, ${ticketId}; ${event.by}]` });
      }
    }
    this.print(lines);
  }

  private print(lines: Line[]): void {
    for (const line of lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
      process.stdout.write(`${WHEN.format(new Date(line.at)).replace(',', '')}  ${line.text}\n`);
    }
  }
}
