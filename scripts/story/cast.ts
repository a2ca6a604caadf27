import type { Answer, CapturedMail, RunningDesk } from '../../local/client/running-desk.ts';
import type { Timeline } from './timeline.ts';

/** A step of the story that did not happen. */
export class StoryBroke extends Error {}

export const must = (holds: boolean, what: string): void => {
  if (!holds) throw new StoryBroke(what);
};

/** What the people of the story do, each by the way a person would: a mail program, a browser, the desk's API. */
export class Cast {
  readonly desk: RunningDesk;
  readonly timeline: Timeline;

  constructor(desk: RunningDesk, timeline: Timeline) {
    this.desk = desk;
    this.timeline = timeline;
  }

  /** A new mail to the desk; returns the id of the ticket it became. */
  async writesMail(who: string, from: string, subject: string, text: string): Promise<string> {
    await this.timeline.person(`${who} writes a mail: “${subject}”`);
    const { mailAddress } = await this.desk.control('GET', 'desk');
    await this.desk.write({ from, to: mailAddress, subject, text });
    await this.desk.settle();
    const ticketId = await this.ticketOf(from);
    this.timeline.follow(ticketId, who);
    await this.timeline.catchUp();
    return ticketId;
  }

  /** An answer to the last mail the desk sent this person, as a mail program would thread it. */
  async repliesByMail(who: string, from: string, text: string): Promise<void> {
    await this.timeline.person(`${who} answers by mail: “${text}”`);
    const mail = this.lastMailTo(from);
    await this.desk.write({
      from,
      to: mail.headers['reply-to'] ?? mail.from,
      subject: `Re: ${mail.subject}`,
      text,
      ...(mail.headers['message-id'] === undefined
        ? {}
        : { inReplyTo: mail.headers['message-id'], references: mail.headers['message-id'] }),
    });
    await this.desk.settle();
    await this.timeline.catchUp();
  }

  /** A message through the public API, as the web form of a product sends it. */
  async reports(who: string, body: Record<string, unknown>): Promise<string> {
    await this.timeline.person(`${who} reports through the product: “${body.subject}”`);
    const answer = await this.desk.request('POST', '/tickets', body, { 'idempotency-key': `story-${who}` });
    must(answer.status === 201, `POST /tickets answered ${answer.status}: ${answer.text}`);
    const ticketId: string = answer.json.ticket.id;
    this.timeline.follow(ticketId, who);
    await this.timeline.catchUp();
    return ticketId;
  }

  async agent(who: string, act: string, ticketId: string, body: Record<string, unknown> = {}): Promise<void> {
    const said = typeof body.body === 'string' ? `: “${body.body}”` : '';
    const after = body.then ? `, ${body.then}` : '';
    await this.timeline.person(`${who[0]?.toUpperCase()}${who.slice(1)}, agent: ${act}${after}${said}`);
    const answer = await this.desk.as(
      who,
      who === 'lina' ? 'lead' : 'agent',
      'POST',
      `/desk/tickets/${ticketId}/${act}`,
      body,
    );
    must(answer.status < 300, `${act} on ${ticketId} answered ${answer.status}: ${answer.text}`);
    await this.timeline.catchUp();
  }

  /** Opens the survey of the last mail in a browser and posts the form. */
  async rates(who: string, address: string, answers: Record<string, string>): Promise<void> {
    const mail = this.lastMailTo(address, (candidate) => surveyLink(candidate) !== undefined);
    const link = surveyLink(mail) ?? '';
    const page = await this.desk.request('GET', link);
    must(page.status === 200 && page.text.includes('<form'), `The survey page answered ${page.status}.`);
    await this.timeline.person(`${who} opens the survey and answers ${JSON.stringify(answers)}`);
    const thanks = await this.desk.request('POST', link, new URLSearchParams(answers));
    must(
      thanks.status === 200 || thanks.status === 303,
      `The answer got ${thanks.status}: ${thanks.text.slice(0, 300)}`,
    );
    await this.timeline.catchUp();
  }

  /** Moves the clock; everything due on the way happens at its time. */
  async until(to: string): Promise<void> {
    await this.desk.move({ to });
    await this.timeline.catchUp();
  }

  // biome-ignore lint/suspicious/noExplicitAny: the ticket as the desk's API shows it; the story asserts on single fields.
  async ticket(ticketId: string): Promise<any> {
    const answer: Answer = await this.desk.as('lina', 'lead', 'GET', `/desk/tickets/${ticketId}`);
    must(answer.status === 200, `Ticket ${ticketId} answered ${answer.status}: ${answer.text}`);
    return answer.json;
  }

  async happened(ticketId: string, type: string, count = 1): Promise<void> {
    const { events } = await this.ticket(ticketId);
    const found = events.filter((event: { type: string }) => event.type === type).length;
    must(found === count, `Ticket ${ticketId} should have ${count} × ${type}, and has ${found}.`);
  }

  mailed(address: string, words: RegExp, what: string): CapturedMail {
    const found = this.timeline.mails.find(
      (mail) => mail.to.includes(address) && words.test(`${mail.subject}\n${mail.text}`),
    );
    if (!found) throw new StoryBroke(`${address} should have got ${what}.`);
    return found;
  }

  private lastMailTo(address: string, fits: (mail: CapturedMail) => boolean = () => true): CapturedMail {
    const mail = this.timeline.mails.findLast((candidate) => candidate.to.includes(address) && fits(candidate));
    if (!mail) throw new StoryBroke(`${address} should have got a mail by now.`);
    return mail;
  }

  private async ticketOf(address: string): Promise<string> {
    const answer = await this.desk.as('lina', 'lead', 'GET', `/desk/tickets?customer=${encodeURIComponent(address)}`);
    const id = answer.json?.tickets?.[0]?.id;
    if (typeof id !== 'string') throw new StoryBroke(`The mail of ${address} became no ticket: ${answer.text}`);
    return id;
  }
}

const surveyLink = (mail: CapturedMail): string | undefined => /https?:\/\/\S+\/s\/[\w.~-]+/.exec(mail.text)?.[0];
