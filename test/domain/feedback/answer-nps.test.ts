import { describe, expect, test } from 'vitest';
import { emptySheet, mayAsk } from '../../../domain/contact/governor.ts';
import { answerNps, npsEditableUntil, openForNps } from '../../../domain/feedback/answer-nps.ts';
import type { NpsAsk } from '../../../domain/feedback/nps-ask.ts';
import { plus } from '../../../domain/support/time.ts';
import { aContext, aCustomer, aPolicy, mondayAt9 } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';
import { aDefinition, DAY, HOUR } from '../../support/survey-builders.ts';

const PERSON = '01J00000000000000000000001';
const definition = aDefinition({ id: 'nps', kind: 'nps', measure: 'nps', series: 'nps-1' });
const key = { key: `nps#${PERSON}#2026-11-23`, kind: 'nps' as const };
const asking = mayAsk(emptySheet(PERSON), key, mondayAt9, aPolicy());
const sheet = asking.ask ? asking.after : emptySheet(PERSON);
const anAsk = (): NpsAsk & { status: 'asked' } => ({
  person: PERSON,
  day: '2026-11-23',
  at: mondayAt9,
  version: 1,
  status: 'asked',
  survey: 'nps@1',
  customer: aCustomer({ locale: 'fa' }),
  expiresAt: plus(mondayAt9, 28 * DAY),
  mail: key.key,
});
const low = { overall: '1', solved: 'no', why: 'It still fails.' };
const good = { overall: '5', solved: 'yes' };
const at = (hours: number) => aContext(plus(mondayAt9, hours * HOUR));

describe('an answer to whether they would recommend the desk', () => {
  test('is kept as feedback with its series, closes the ask, and opens a ticket when it is low', () => {
    const answered = granted(answerNps({ ask: anAsk(), definition, form: low, sheet }, at(1)));

    expect(answered).toMatchObject({
      opens: true,
      ask: { status: 'answered', version: 2, answer: { score: 1, low: true }, earlier: [] },
      change: {
        after: { kind: 'nps', survey: 'nps@1', series: 'nps-1', measure: 'nps', score: 1, low: true, locale: 'fa' },
        contacts: { after: { asks: [{ closedAt: at(1).now }] } },
      },
    });
    expect(answered.ask.feedback).toBe(answered.change?.after.id);
  });

  test('may be changed for a day with every edit kept, as one piece of feedback and one ticket', () => {
    const first = granted(answerNps({ ask: anAsk(), definition, form: low, sheet }, at(1)));
    const kept = { ...(first.change?.after ?? expect.fail('nothing was kept')), ticketId: 'T-7K2M9Q' };

    const better = granted(answerNps({ ask: first.ask, definition, form: good, kept, sheet }, at(2)));
    const worse = granted(
      answerNps({ ask: better.ask, definition, form: { ...low, why: 'Again.' }, kept, sheet }, at(3)),
    );
    const over = answerNps({ ask: better.ask, definition, form: low, kept, sheet }, at(25));

    expect(better).toMatchObject({ opens: false, ask: { earlier: [{ score: 1 }] } });
    expect(better.change).toMatchObject({ before: kept, after: { id: kept.id, score: 5, ticketId: 'T-7K2M9Q' } });
    expect(worse).toMatchObject({ opens: false, ask: { earlier: [{ score: 1 }, { score: 5 }] } });
    expect(over).toMatchObject({ ok: false, refusal: 'survey-answered' });
  });

  test('that turns low opens the ticket then', () => {
    const first = granted(answerNps({ ask: anAsk(), definition, form: good, sheet }, at(1)));
    const kept = first.change?.after ?? expect.fail('nothing was kept');

    expect(first.opens).toBe(false);
    expect(granted(answerNps({ ask: first.ask, definition, form: low, kept, sheet }, at(2))).opens).toBe(true);
  });

  test('that comes again changes nothing', () => {
    const first = granted(answerNps({ ask: anAsk(), definition, form: low, sheet }, at(1)));

    const again = granted(answerNps({ ask: first.ask, definition, form: low, sheet }, at(2)));

    expect(again).toEqual({ ask: first.ask, opens: false });
  });

  test('is refused after its time, where nothing was asked, and without a score', () => {
    const skipped = { person: PERSON, day: '2026-11-23', at: mondayAt9, version: 1 };
    const never: NpsAsk = { ...skipped, status: 'skipped', why: 'opted-out' };

    expect(openForNps(anAsk(), at(28 * 24))).toMatchObject({ ok: false, refusal: 'survey-expired' });
    expect(openForNps(anAsk(), at(28 * 24 - 1)).ok).toBe(true);
    expect(openForNps(never, at(1))).toMatchObject({ ok: false, refusal: 'survey-cancelled' });
    expect(npsEditableUntil(anAsk(), at(1))).toBeUndefined();
    expect(answerNps({ ask: anAsk(), definition, form: { solved: 'yes' }, sheet }, at(1))).toMatchObject({
      ok: false,
      refusal: 'wrong-shape',
      problems: [{ path: 'overall' }],
    });
  });
});
