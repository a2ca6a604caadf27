import { createHmac } from 'node:crypto';
import type { Answer, RunningDesk } from '../../local/client/running-desk.ts';
import type { Deed, Opening, Step } from './lives.ts';

const CLIENTS = 6;
const MOST_ATTEMPTS = 30;

/** What became of the deeds. */
export interface Played {
  done: number;
  /** Refused by the desk, as when a ticket was closed meanwhile. */
  refused: Map<string, number>;
  /** Attempts that a killed function left without an answer. */
  again: number;
}

const emailOf = (ticket: number): string => `customer-${ticket}@shop.example`;

/** Plays the deeds by the ways people have: HTTP, mail, channels. A caller that gets no answer comes again. */
export class Play {
  readonly ids = new Map<number, string>();
  readonly played: Played = { done: 0, refused: new Map(), again: 0 };
  private readonly desk: RunningDesk;
  private readonly mailAddress: string;
  private readonly domain: string;
  private readonly secrets: Map<string, string>;
  private mails = 0;

  private constructor(desk: RunningDesk, mailAddress: string, secrets: Map<string, string>) {
    this.desk = desk;
    this.mailAddress = mailAddress;
    this.domain = mailAddress.split('@')[1] ?? '';
    this.secrets = secrets;
  }

  static async on(desk: RunningDesk): Promise<Play> {
    const { mailAddress } = await desk.control('GET', 'desk');
    const { secrets }: { secrets: Array<{ name: string; value: string }> } = await desk.control('GET', 'secrets');
    return new Play(
      desk,
      mailAddress,
      new Map(secrets.map(({ name, value }) => [name.split('-').at(-1) ?? '', value])),
    );
  }

  /** All deeds in the order of time, those of one half-hour at once. `onDay` hears of each new day. */
  async all(steps: readonly Step[], onDay: (at: number) => void): Promise<void> {
    let day = 0;
    for (const [at, together] of Map.groupBy(steps, (step) => step.at)) {
      if (Math.floor(at / 86_400_000) > day) {
        day = Math.floor(at / 86_400_000);
        onDay(at);
      }
      await this.desk.move({ to: new Date(at).toISOString() });
      const left = [...together];
      const client = async (): Promise<void> => {
        for (let step = left.shift(); step !== undefined; step = left.shift()) await this.carryOut(step);
      };
      await Promise.all(Array.from({ length: Math.min(CLIENTS, together.length) }, client));
    }
  }

  private async carryOut({ ticket, deed, at }: Step): Promise<void> {
    const answer = deed.do === 'open' ? await this.open(ticket, deed, at) : await this.follow(ticket, deed);
    if (answer.status < 300) this.played.done += 1;
    else if (answer.status === 409 || answer.status === 422) {
      const what = `${deed.do} (${answer.status})`;
      this.played.refused.set(what, (this.played.refused.get(what) ?? 0) + 1);
    } else throw new Error(`${deed.do} answered ${answer.status}: ${answer.text}`);
  }

  private open(ticket: number, { channel, body }: Deed & { do: 'open' }, at: number): Promise<Answer> {
    switch (channel) {
      case 'api':
      case 'web':
        return this.post(ticket, channel, body);
      case 'mail':
        return this.mail(ticket, body.subject, body.text);
      case 'chat':
        return this.signed(ticket, 'chat', {
          conversationId: `chat-${ticket}`,
          customer: { email: emailOf(ticket), locale: body.locale },
          subject: body.subject,
          transcript: [{ at: new Date(at).toISOString(), author: 'customer', name: 'Kim', text: body.text }],
        });
      case 'social':
        return this.signed(ticket, 'social', {
          network: 'mastodon',
          handle: `@customer-${ticket}`,
          url: `https://social.example/${ticket}`,
          text: body.text,
          at: new Date(at).toISOString(),
        });
    }
  }

  private async post(ticket: number, channel: 'api' | 'web', body: Opening): Promise<Answer> {
    const { subject, text, locale, urgency, impact } = body;
    const answer = await this.insist(() =>
      this.desk.request(
        'POST',
        '/tickets',
        { subject, body: text, channel, urgency, impact, customer: { email: emailOf(ticket), locale } },
        { 'idempotency-key': `quarter-${ticket}` },
      ),
    );
    if (answer.status === 201) this.ids.set(ticket, answer.json.ticket.id);
    return answer;
  }

  private async signed(ticket: number, channel: string, body: object): Promise<Answer> {
    const answer = await this.insist(async () => {
      const raw = JSON.stringify(body);
      const time = String(Math.floor(Date.parse(await this.desk.now()) / 1000));
      const mac = createHmac('sha256', this.secrets.get(channel) ?? '')
        .update(`${time}.${raw}`)
        .digest('hex');
      return this.desk.request('POST', `/channels/${channel}`, raw, {
        'x-careline-timestamp': time,
        'x-careline-signature': `v1=${mac}`,
      });
    });
    const id = answer.json?.ticket?.id;
    if (typeof id === 'string') this.ids.set(ticket, id);
    return answer;
  }

  private mail(ticket: number, subject: string, text: string, of?: string): Promise<Answer> {
    this.mails += 1;
    const raw = [
      `From: ${emailOf(ticket)}`,
      `To: ${this.mailAddress}`,
      `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
      `Message-ID: <quarter-${this.mails}@shop.example>`,
      ...(of === undefined
        ? []
        : [`In-Reply-To: <ticket.${of}@${this.domain}>`, `References: <ticket.${of}@${this.domain}>`]),
      'Content-Type: text/plain; charset=utf-8',
      '',
      text,
    ].join('\r\n');
    const headers = { 'content-type': 'message/rfc822', 'x-mail-from': emailOf(ticket), 'x-rcpt-to': this.mailAddress };
    return this.desk.request('POST', '/_local/mail', raw, headers);
  }

  private async follow(ticket: number, deed: Exclude<Deed, { do: 'open' }>): Promise<Answer> {
    const id = await this.idOf(ticket);
    switch (deed.do) {
      case 'reply':
        return this.act(id, 'replies', { body: 'We look into it.', ...(deed.then && { then: deed.then }) });
      case 'hold':
        return this.act(id, 'hold', { waitingFor: deed.waitingFor });
      case 'transfer':
        return this.act(id, 'transfer', { to: deed.to });
      case 'prioritise':
        return this.act(id, 'prioritise', { priority: deed.priority });
      case 'resume':
      case 'resolve':
      case 'acknowledge':
        return this.act(id, deed.do, {});
      case 'write':
        return this.mail(ticket, 'Re: my ticket', deed.text, id);
    }
  }

  private act(id: string, name: string, body: object): Promise<Answer> {
    return this.insist(() => this.desk.as('ada', 'agent,lead', 'POST', `/desk/tickets/${id}/${name}`, body));
  }

  /** A ticket that did not come by HTTP is looked up by whoever wrote it. */
  private async idOf(ticket: number): Promise<string> {
    const known = this.ids.get(ticket);
    if (known !== undefined) return known;
    const asked = encodeURIComponent(emailOf(ticket));
    const answer = await this.insist(() => this.desk.as('lina', 'lead', 'GET', `/desk/tickets?customer=${asked}`));
    const id = answer.json?.tickets?.[0]?.id;
    if (id === undefined) throw new Error(`The ticket of ${emailOf(ticket)} is not there.`);
    this.ids.set(ticket, id);
    return id;
  }

  private async insist(call: () => Promise<Answer>): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await call();
      if (answer.status < 500 || attempt === MOST_ATTEMPTS) return answer;
      this.played.again += 1;
    }
  }
}
