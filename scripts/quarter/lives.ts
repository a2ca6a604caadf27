/** What is done about one ticket, in the order it is done. */
export type Deed =
  | { do: 'open'; channel: 'api' | 'web' | 'mail' | 'chat' | 'social'; body: Opening }
  | { do: 'reply'; then?: 'pending' | 'resolved' }
  | { do: 'hold'; waitingFor: 'customer' | 'third-party' }
  | { do: 'resume' | 'resolve' | 'acknowledge' }
  | { do: 'transfer'; to: string }
  | { do: 'prioritise'; priority: 'P1' | 'P2' | 'P3' | 'P4' }
  | { do: 'write'; text: string };

export interface Opening {
  subject: string;
  text: string;
  locale: 'en' | 'de' | 'fa';
  urgency: 'low' | 'normal' | 'high' | 'now';
  impact: 'one' | 'team' | 'many';
}

/** A deed with its time, epoch ms on a whole half-hour. */
export interface Step {
  at: number;
  ticket: number;
  deed: Deed;
}

const HALF_HOUR = 1_800_000;
const HOUR = 2 * HALF_HOUR;
const DAY = 24 * HOUR;

/** Chance that is the same for the same seed (mulberry32, 32 bits of state). */
export const chanceOf = (seed: number) => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    is: (share: number): boolean => next() < share,
    /** Mostly short, sometimes long: an exponential time of this mean. */
    about: (ms: number): number => -Math.log(1 - next()) * ms,
    of: <T>(first: T, ...more: T[]): T => [first, ...more][Math.floor(next() * (more.length + 1))] ?? first,
  };
};
type Chance = ReturnType<typeof chanceOf>;

const TEXTS = [
  ['en', 'Payment refused', 'My card is refused at the checkout, the invoice is unpaid.'],
  ['en', 'Cannot sign in', 'The password of my account is refused.'],
  ['en', 'Where is the menu', 'I cannot find the button for my orders, the layout is confusing.'],
  ['en', 'A question', 'When will it be back in stock?'],
  ['de', 'Rechnung falsch', 'Die Zahlung wurde doppelt abgebucht, bitte um Erstattung.'],
  ['de', 'Fehlermeldung', 'Die Seite lädt nicht, es erscheint eine Fehlermeldung.'],
  ['fa', 'پرداخت', 'پرداخت با کارت انجام نمی‌شود و فاکتور باز است.'],
  ['fa', 'حساب', 'حساب من فعال نمی‌شود.'],
] as const;
const THANKS = { en: 'Thank you!', de: 'Danke!', fa: 'ممنون' };
const MORE = {
  en: 'It happened again, what now?',
  de: 'Es ist wieder passiert, was nun?',
  fa: 'دوباره اتفاق افتاد، چه کنم؟',
};

/** One life: opened, answered in time or late, asked back, held, thanked, resolved, sometimes reopened, sometimes left. */
const lifeOf = (ticket: number, from: number, until: number, chance: Chance): Step[] => {
  const steps: Step[] = [];
  let at = from;
  const then = (deed: Deed, mean: number): boolean => {
    at = Math.ceil((at + Math.max(HALF_HOUR, chance.about(mean))) / HALF_HOUR) * HALF_HOUR;
    if (at >= until) return false;
    steps.push({ at, ticket, deed });
    return true;
  };
  const [locale, subject, text] = chance.of(TEXTS[0], ...TEXTS.slice(1));
  const channel = chance.of('api' as const, 'api', 'web', 'mail', 'mail', 'chat', 'chat', 'social');
  const urgency = chance.of('normal' as const, 'normal', 'normal', 'low', 'high', 'now');
  const impact = chance.of('one' as const, 'one', 'one', 'one', 'team', 'many');
  steps.push({ at, ticket, deed: { do: 'open', channel, body: { subject, text, locale, urgency, impact } } });
  let cycles = chance.is(0.12) ? 2 : 1;
  for (; cycles > 0; cycles -= 1) {
    if (chance.is(0.08)) then({ do: 'transfer', to: chance.of('advanced', 'specialists', 'expert') }, 3 * HOUR);
    if (chance.is(0.08)) then({ do: 'prioritise', priority: chance.of('P1', 'P2', 'P3', 'P4') }, 2 * HOUR);
    if (chance.is(0.08)) {
      then({ do: 'hold', waitingFor: 'third-party' }, 4 * HOUR);
      if (chance.is(0.8)) then({ do: 'resume' }, 30 * HOUR);
    }
    // Most are answered within the day, every eighth is left too long.
    const patience = chance.is(0.12) ? 3 * DAY : 5 * HOUR;
    const asks = chance.is(0.3);
    const last = chance.is(0.45) && !asks;
    if (!then({ do: 'reply', ...(asks ? { then: 'pending' } : last ? { then: 'resolved' } : {}) }, patience)) break;
    if (asks && chance.is(0.25)) return steps;
    if (asks) then({ do: 'write', text: MORE[locale] }, 20 * HOUR);
    if (!asks && !last && chance.is(0.3))
      then({ do: 'write', text: chance.is(0.4) ? THANKS[locale] : MORE[locale] }, 10 * HOUR);
    if (chance.is(0.05)) then({ do: 'acknowledge' }, HOUR);
    if (!last && !then({ do: 'reply', then: 'resolved' }, chance.is(0.1) ? 5 * DAY : 12 * HOUR)) break;
    if (cycles > 1 || chance.is(0.05)) then({ do: 'write', text: cycles > 1 ? MORE[locale] : THANKS[locale] }, 3 * DAY);
  }
  return steps;
};

/** The lives of so many tickets between two instants (epoch ms), in the order of time; tickets come by day more than by night. */
export const planOf = (tickets: number, from: number, until: number, seed: number): Step[] => {
  const chance = chanceOf(seed);
  const starts = Array.from({ length: tickets }, () => {
    const day = from + Math.floor((chance.next() * (until - from - DAY)) / DAY) * DAY;
    const hour = chance.is(0.8) ? 7 + chance.next() * 10 : chance.next() * 24;
    return Math.floor((day + hour * HOUR) / HALF_HOUR) * HALF_HOUR;
  }).sort((a, b) => a - b);
  return starts
    .flatMap((start, ticket) => lifeOf(ticket, Math.max(start, from + HALF_HOUR), until, chance))
    .sort((a, b) => a.at - b.at);
};
