import { randomUUID } from 'node:crypto';
import { keyOfTag } from '../../adapters/ses/post-office.ts';
import type { Answer, CapturedMail, RunningDesk } from '../../local/client/running-desk.ts';
import type { Browsers } from './browsers.ts';
import { type AskedMail, askedIn, formOf, scan } from './letterbox.ts';
import type { Life, Person } from './people.ts';

const HOUR = 3_600_000;
export const HALF_HOUR = HOUR / 2;
const CLIENTS = 4;

/** What people did, to be held against what the desk has stored. Keys are `T-7K2M9Q#1#csat`. */
export class Done {
  /** Value of the answer that was confirmed last. */
  readonly confirmed = new Map<string, string>();
  readonly lowOnes = new Set<string>();
  scannedMails = 0;
  scannedLinks = 0;
  doubledPosts = 0;
  doubledMails = 0;
  browserAnswers = 0;
  /** By address, since when. */
  readonly optedOut = new Map<string, string>();
  reopened = 0;
  suggestions = 0;
  /** By ticket. */
  readonly tickets = new Map<string, Life>();
}

/** Plays the lives on a running desk: mails by SMTP, answers by the forms, agents by the API, scanners on every mail. */
export class Play {
  readonly done = new Done();
  private readonly desk: RunningDesk;
  private readonly browsers: Browsers;
  private readonly due: Array<{ at: number; what: () => Promise<void> }> = [];
  private readonly address: string;
  private readonly byAddress = new Map<string, Person>();
  private read = 0;

  private constructor(desk: RunningDesk, browsers: Browsers, address: string, lives: readonly Life[]) {
    this.desk = desk;
    this.browsers = browsers;
    this.address = address;
    for (const life of lives) {
      this.byAddress.set(life.person.email, life.person);
      this.plan(life.opensAt, () => this.open(life));
    }
  }

  static async on(desk: RunningDesk, browsers: Browsers, lives: readonly Life[]): Promise<Play> {
    const { mailAddress } = await desk.control('GET', 'desk');
    return new Play(desk, browsers, mailAddress, lives);
  }

  /** Everything until then, in steps of so long; each new mail is scanned two seconds after it was seen. */
  async until(end: number, step: number, onDay: (at: number) => void): Promise<void> {
    for (let now = Date.parse(await this.desk.now()); now < end; ) {
      const planned = Math.min(...this.due.map(({ at }) => at));
      const next = Math.min(end, Math.max(now + 1, planned), Math.ceil((now + 1) / step) * step);
      await this.desk.move({ to: new Date(next).toISOString() });
      if (Math.floor(next / (24 * HOUR)) > Math.floor(now / (24 * HOUR))) onDay(next);
      now = next;
      await this.readMail(now);
      for (let act = this.next(now); act !== undefined; act = this.next(now)) await act();
      await this.desk.settle();
      await this.readMail(now);
    }
  }

  private plan(at: number, what: () => Promise<void>): void {
    this.due.push({ at: Math.ceil(at / HALF_HOUR) * HALF_HOUR, what });
  }

  /** What is due by now, a few people at once. */
  private next(now: number): (() => Promise<void>) | undefined {
    const ready = this.due.filter(({ at }) => at <= now).slice(0, CLIENTS);
    if (ready.length === 0) return undefined;
    for (const act of ready) this.due.splice(this.due.indexOf(act), 1);
    return async () => {
      await Promise.all(ready.map(({ what }) => what()));
    };
  }

  private async open(life: Life): Promise<void> {
    const { person, subject, text } = life;
    if (life.channel === 'api') {
      const customer = { email: person.email, name: person.name, locale: person.locale, timeZone: person.timeZone };
      const answer = await this.desk.request('POST', '/tickets', { subject, body: text, customer });
      this.known(life, answer.status === 201 ? answer.json.ticket.id : undefined);
    } else {
      await this.mail(person, { subject, text, twice: life.twice });
      await this.desk.settle();
      const who = encodeURIComponent(person.email);
      const { json } = await this.desk.as('lina', 'lead', 'GET', `/desk/tickets?customer=${who}`);
      this.known(life, json.tickets.find((ticket: { subject: string }) => ticket.subject === subject)?.id);
    }
    this.plan(life.opensAt + life.solvedAfter * HOUR, () => this.solve(life));
  }

  private known(life: Life, id: string | undefined): void {
    if (id === undefined) throw new Error(`Ticket ${life.n} of ${life.person.email} is not there.`);
    this.done.tickets.set(id, life);
  }

  private idOf(life: Life): string {
    for (const [id, each] of this.done.tickets) if (each === life) return id;
    throw new Error(`Ticket ${life.n} was never opened.`);
  }

  private async solve(life: Life): Promise<void> {
    const id = this.idOf(life);
    if (life.wordless) await this.act('lina', id, 'resolve', {});
    else await this.act(await this.ownerOf(id), id, 'replies', { body: 'It works again.', then: 'resolved' });
  }

  private async ownerOf(id: string): Promise<string> {
    const { json } = await this.desk.as('lina', 'lead', 'GET', `/desk/tickets/${id}`);
    return json.ticket.assignee ?? 'lina';
  }

  /** Whatever an agent does, the answer of the desk has to be one a person can work with. */
  private async act(agent: string, id: string, act: string, body: object): Promise<void> {
    const answer = await this.desk.as(agent, 'agent,lead', 'POST', `/desk/tickets/${id}/${act}`, body);
    if (answer.status >= 300) throw new Error(`${act} on ${id} answered ${answer.status}: ${answer.text}`);
  }

  private async mail(
    { email, name }: Person,
    { subject, text, twice, of }: { subject: string; text: string; twice: boolean; of?: CapturedMail },
  ): Promise<void> {
    const id = of?.headers['message-id'];
    const mail = {
      from: `${name} <${email}>`,
      to: of?.headers['reply-to'] ?? this.address,
      subject,
      text,
      messageId: `<${randomUUID()}@shop.example>`,
      date: new Date(await this.desk.now()),
      ...(id !== undefined && { inReplyTo: id, references: id }),
    };
    for (let times = twice ? 2 : 1; times > 0; times -= 1) await this.desk.write(mail);
    if (twice) this.done.doubledMails += 1;
  }

  /** New mails are scanned, and then read by whoever got them. */
  private async readMail(now: number): Promise<void> {
    const all = await this.desk.mails();
    const fresh = all.slice(this.read).filter(({ to }) => to.some((address) => this.byAddress.has(address)));
    this.read = all.length;
    if (fresh.length === 0) return;
    await this.desk.move({ advance: 'PT2S' });
    for (const mail of fresh) {
      this.done.scannedMails += 1;
      this.done.scannedLinks += await scan(this.desk, mail);
      const asked = askedIn(mail);
      if (asked !== undefined) this.asked(asked, now);
      if (keyOfTag(mail.key ?? '').startsWith('apology#')) this.consoled(mail, now);
    }
  }

  private lifeOf(ticketId: string): Life {
    const life = this.done.tickets.get(ticketId);
    if (life === undefined) throw new Error(`Nobody knows the ticket ${ticketId}.`);
    return life;
  }

  private asked(asked: AskedMail, now: number): void {
    const life = this.lifeOf(asked.ticketId);
    const later = now + life.actsAfter * HOUR;
    if (life.person.optsOut && !this.done.optedOut.has(life.person.email)) {
      this.plan(now, () => this.optOut(life.person, asked));
      return;
    }
    if (asked.kind === 'follow-up') {
      if (life.followUp !== 'none') this.plan(later, () => this.answer(life, asked, life.followUp === 'better'));
      return;
    }
    const says = (good: boolean, hours = 0): void =>
      this.plan(later + hours * HOUR, () => this.answer(life, asked, good));
    switch (life.mood) {
      case 'content':
        says(true);
        break;
      case 'unhappy':
        says(false);
        break;
      case 'turns':
        says(true);
        says(false, 3);
        break;
      case 'late':
        if (asked.reminder) says(true);
        break;
      case 'silent':
        break;
      case 'comes-back':
        if (asked.cycle > 1) says(true);
        else this.plan(later, () => this.comeBack(life, asked));
        break;
    }
  }

  /** RFC 8058: one POST, without a page. */
  private async optOut(person: Person, { unsubscribe }: AskedMail): Promise<void> {
    const { status } = await this.desk.request(
      'POST',
      unsubscribe,
      new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    );
    if (status >= 300) throw new Error(`Unsubscribing answered ${status}.`);
    this.done.optedOut.set(person.email, await this.desk.now());
  }

  private async comeBack(life: Life, { mail, ticketId }: AskedMail): Promise<void> {
    await this.mail(life.person, {
      subject: `Re: ${mail.subject}`,
      text: 'It happened again.',
      twice: life.twice,
      of: mail,
    });
    await this.desk.settle();
    this.done.reopened += 1;
    this.plan(Date.parse(await this.desk.now()) + 4 * HOUR, async () => {
      const agent = await this.ownerOf(ticketId);
      await this.act(agent, ticketId, 'replies', { body: 'Now it is solved for good.', then: 'resolved' });
    });
  }

  /** By the link of the mail: the page, then its form, sent as often at once as this person's mouse does. */
  private async answer(life: Life, { ticketId, cycle, kind, options }: AskedMail, good: boolean): Promise<void> {
    const path = (good ? options.at(-1) : options[0]) ?? '';
    const words = good ? 'Thank you.' : 'It took too long, and it is still broken.';
    const key = `${ticketId}#${cycle}#${kind}`;
    if (life.browser) {
      if (await this.browsers.answer(this.desk.url + path, life.person, words)) {
        this.done.browserAnswers += 1;
        this.confirmed(key, path, good);
      }
      return;
    }
    const page = await this.desk.request('GET', path);
    if (page.status !== 200) return;
    const form = formOf(page.text, words);
    const posts = await Promise.all(
      Array.from({ length: life.posts }, () => this.desk.request('POST', path.split('?')[0] ?? '', form)),
    );
    if (life.posts > 1) this.done.doubledPosts += 1;
    const failed = posts.find(({ status }) => status >= 500);
    if (failed !== undefined) throw new Error(`A survey answered ${failed.status}: ${failed.text}`);
    if (posts.some(isTaken)) this.confirmed(key, path, good);
  }

  private confirmed(key: string, path: string, good: boolean): void {
    const value = new URLSearchParams(path.split('?')[1]).get('r') ?? '';
    this.done.confirmed.set(key, value);
    if (!good && key.endsWith('csat')) this.done.lowOnes.add(key);
  }

  /** The apology has come: the customer says what to do better, and a senior tries again. */
  private consoled(mail: CapturedMail, now: number): void {
    const ticketId = keyOfTag(mail.key ?? '').split('#')[1] ?? '';
    const life = this.lifeOf(ticketId);
    if (life.n % 2 === 0)
      this.plan(now + HALF_HOUR, async () => {
        this.done.suggestions += 1;
        await this.mail(life.person, {
          subject: `Re: ${mail.subject}`,
          text: 'Tell me how long it takes.',
          twice: life.twice,
          of: mail,
        });
      });
    const hours = life.recovery === 'missed' ? 6 * 24 : life.recovery;
    this.plan(now + hours * HOUR, async () => {
      const agent = await this.ownerOf(ticketId);
      await this.act(agent, ticketId, 'replies', { body: 'We are sorry; it is put right.', then: 'resolved' });
    });
  }
}

const isTaken = ({ status }: Answer): boolean => status === 200 || status === 303;
