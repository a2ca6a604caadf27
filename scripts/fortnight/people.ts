import { chanceOf } from '../quarter/lives.ts';

/** Somebody who writes to the desk, perhaps more than once in the fortnight. */
export interface Person {
  email: string;
  name: string;
  locale: 'en' | 'de' | 'fa';
  timeZone: string;
  /** One of the team, who is never asked. */
  staff: boolean;
  /** Unsubscribes as soon as they are asked for the first time. */
  optsOut: boolean;
}

/** What a customer does when they are asked. */
export type Mood =
  /** A good answer, within hours. */
  | 'content'
  /** A bad one. */
  | 'unhappy'
  /** Good, and bad a few hours later, on the same link. */
  | 'turns'
  /** Answers only when reminded. */
  | 'late'
  | 'silent'
  /** It broke again: writes instead of answering; content with the second solution. */
  | 'comes-back';

/** One ticket with all that people do about it. */
export interface Life {
  n: number;
  person: Person;
  /** Epoch ms, on a half-hour. */
  opensAt: number;
  channel: 'mail' | 'api';
  subject: string;
  text: string;
  /** Hours until an agent answers and resolves. */
  solvedAfter: number;
  /** Resolved without a word to the customer: nothing to ask about. */
  wordless: boolean;
  mood: Mood;
  /** Hours until the customer does it. */
  actsAfter: number;
  /** How often the form is sent at once. */
  posts: number;
  /** Whether the incoming mail is delivered twice. */
  twice: boolean;
  /** Hours until the second try, or nobody tries in time. */
  recovery: number | 'missed';
  followUp: 'better' | 'still-bad' | 'none';
  browser: boolean;
}

const HOUR = 3_600_000;
const HALF_HOUR = HOUR / 2;
const DAY = 24 * HOUR;

const ZONES = { en: 'Europe/London', de: 'Europe/Berlin', fa: 'Asia/Tehran' } as const;
const NAMES = {
  en: ['Alex Reed', 'Kim Osei', 'Sam Doyle'],
  de: ['Jana Weiß', 'Uwe Groß', 'Ayşe Kurt'],
  fa: ['نوید رضایی', 'سارا کریمی', 'مینا صادقی'],
} as const;
const TEXTS = {
  en: ['Payment refused', 'My card is refused at the checkout.'],
  de: ['Rechnung falsch', 'Die Zahlung wurde doppelt abgebucht, bitte um Erstattung.'],
  fa: ['پرداخت ناموفق', 'پرداخت با کارت انجام نمی‌شود.'],
} as const;

/** So many tickets of the first twelve days; every third or fourth is of somebody who has written before. */
export const livesOf = (tickets: number, from: number, seed: number, browsers: number): Life[] => {
  const chance = chanceOf(seed);
  const people: Person[] = [];
  const someone = (): Person => {
    const known = people[Math.floor(chance.next() * people.length)];
    if (known !== undefined && chance.is(0.3)) return known;
    const n = people.length;
    const locale = (['en', 'de', 'fa'] as const)[n % 3] ?? 'en';
    const staff = n % 50 === 49;
    const person: Person = {
      email: staff ? 'dana@desk.example.com' : `person-${n}@shop.example`,
      name: chance.of(NAMES[locale][0], ...NAMES[locale].slice(1)),
      locale,
      timeZone: ZONES[locale],
      staff,
      optsOut: !staff && chance.is(0.04),
    };
    people.push(person);
    return person;
  };
  let inBrowser = 0;
  return Array.from({ length: tickets }, (_, n): Life => {
    const person = someone();
    const [subject, text] = TEXTS[person.locale];
    const day = from + Math.floor(chance.next() * 12) * DAY;
    const mood = chance.of(
      'content' as Mood,
      'content',
      'content',
      'content',
      'unhappy',
      'unhappy',
      'turns',
      'late',
      'silent',
      'comes-back',
    );
    const browser = inBrowser < browsers && (mood === 'content' || mood === 'unhappy') && !person.staff;
    if (browser) inBrowser += 1;
    return {
      n,
      person,
      opensAt: Math.floor((day + (6 + chance.next() * 14) * HOUR) / HALF_HOUR) * HALF_HOUR,
      channel: person.staff ? 'api' : chance.of('mail' as const, 'api'),
      subject: `${subject} ${n}`,
      text,
      solvedAfter: 0.5 * Math.ceil(chance.about(8)),
      wordless: chance.is(0.04),
      mood,
      actsAfter: 0.5 * Math.ceil(chance.about(10)),
      posts: chance.is(0.2) ? 5 : 1,
      twice: chance.is(0.3),
      recovery: chance.is(0.15) ? 'missed' : 1 + Math.floor(chance.next() * 6),
      followUp: chance.of('better' as const, 'better', 'better', 'still-bad', 'none'),
      browser,
    };
  }).sort((a, b) => a.opensAt - b.opensAt);
};
