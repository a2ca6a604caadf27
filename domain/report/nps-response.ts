import type { NpsAsk } from '../feedback/nps-ask.ts';
import type { Figure } from './figure.ts';
import { rounded, wilson } from './figure.ts';
import type { Looking } from './response.ts';
import { grouped } from './weighed.ts';

const FORMULA =
  'people who answered / people who were asked for a recommendation in the period and whose time to answer is over. Those ' +
  'who were due and not asked are listed by reason. It is about no ticket: none stands behind it.';

/** How many answered the periodic question whether they would recommend the desk. */
export const npsResponse = (asks: readonly NpsAsk[], { from, until, now, smallBelow }: Looking): Figure[] => {
  const due = asks.filter(({ at }) => at >= from && at < until);
  const asked = due.flatMap((ask) => (ask.status === 'skipped' ? [] : [ask]));
  const skipped = due.flatMap((ask) => (ask.status === 'skipped' ? [ask] : []));
  if (due.length === 0) return [];
  const over = asked.filter(({ expiresAt }) => expiresAt <= now);
  const answered = over.filter(({ status }) => status === 'answered');
  const [k, n] = [answered.length, over.length];
  const interval = wilson(k, n);
  return [
    {
      name: 'response-rate.nps',
      ...(n > 0 && { value: rounded(k / n) }),
      unit: 'share',
      n,
      numerator: k,
      ...(interval && { interval }),
      formula: FORMULA,
      small: n < smallBelow,
      tickets: [],
      parts: {
        answered: people(answered),
        unanswered: people(over.filter(({ status }) => status !== 'answered')),
        waiting: people(asked.filter(({ expiresAt }) => expiresAt > now)),
        ...Object.fromEntries(
          grouped(skipped, ({ why }) => why).map(([why, some]) => [`skipped-${why}`, people(some)]),
        ),
      },
    },
  ];
};

const people = (some: readonly NpsAsk[]) => ({ n: some.length, tickets: [] });
