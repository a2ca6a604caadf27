import { keyOfTag } from '../../adapters/ses/post-office.ts';
import { durationMs } from '../../domain/clock/duration.ts';
import type { AskedKind } from '../../domain/contact/governor.ts';
import type { Policy } from '../../domain/policy.ts';
import type { CapturedMail } from '../../local/client/running-desk.ts';
import type { Stored } from '../quarter/table.ts';
import type { Done } from './play.ts';

/** Something a person was asked, as their letterbox and the timelines show it. Epoch ms. */
interface Asked {
  key: string;
  at: number;
  closedAt: number;
}

/**
 * The budget counted again from what was sent and answered, not from the sheet that the desk keeps. What happened in the
 * same instant may have come before or after: then either decision is right.
 */
export class Asks {
  private readonly byPerson: Map<string, Asked[]>;
  private readonly asks: Policy['contact']['asks'];

  constructor({ ledgers }: Stored, sent: readonly CapturedMail[], { tickets }: Done, { contact }: Policy) {
    this.asks = contact.asks;
    this.byPerson = new Map();
    const add = (person: string, asked: Asked): void => {
      this.byPerson.set(person, [...(this.byPerson.get(person) ?? []), asked]);
    };
    for (const { ticket, events } of ledgers) {
      const person = tickets.get(ticket.id)?.person.email ?? '';
      for (const event of events) {
        if (event.type !== 'survey-sent' && event.type !== 'survey-reminded') continue;
        const closes = events.filter(
          (other) =>
            (other.type === 'survey-answered' || other.type === 'survey-expired' || other.type === 'survey-skipped') &&
            other.kind === event.kind &&
            other.survey === event.survey &&
            other.version > event.version,
        );
        const closedAt = Math.min(...closes.map(({ at }) => Date.parse(at)));
        add(person, { key: `${ticket.id}#${event.cycle}#${event.kind}`, at: Date.parse(event.at), closedAt });
      }
    }
    for (const { at, to, key } of sent)
      if (keyOfTag(key ?? '').startsWith('nps#'))
        for (const person of to) add(person, { key: keyOfTag(key ?? ''), at: Date.parse(at), closedAt: Infinity });
  }

  /** Whether a person had room for one more ask of this kind: `either` when it hangs on the order within one instant. */
  room(person: string, key: string, kind: AskedKind, at: string): 'yes' | 'no' | 'either' {
    const now = Date.parse(at);
    const others = (this.byPerson.get(person) ?? []).filter((asked) => asked.key !== key);
    const mostHopeful = this.free(
      others.filter((asked) => asked.at < now),
      kind,
      now + 1,
    );
    const leastHopeful = this.free(
      others.filter((asked) => asked.at <= now),
      kind,
      now - 1,
    );
    return mostHopeful === leastHopeful ? (mostHopeful ? 'yes' : 'no') : 'either';
  }

  private free(asked: readonly Asked[], kind: AskedKind, now: number): boolean {
    const inWindow = asked.filter((one) => one.at > now - durationMs(this.asks.within));
    const open = inWindow.some((one) => one.closedAt > now && one.at + durationMs(this.asks.openFor) > now);
    return !open && inWindow.length < this.asks.upTo[kind];
  }
}
