import { expect, test } from 'vitest';
import surveys from '#desk/surveys.json' with { type: 'json' };
import { HOUR } from '../../domain/support/time.ts';
import type { Sending, SendRow } from '../../domain/survey/choose.ts';
import { surveyMailKey } from '../../domain/survey/issue.ts';
import { surveysOf } from '../../functions/_shared/surveys.ts';
import { build as answer } from '../../functions/answer-survey/handler.ts';
import { build as askForRating } from '../../functions/ask-for-rating/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { act } from './acting.ts';
import { aDesk, anOpenTicket, aRequest, type Desk } from './support.ts';

const aSending = (row: Partial<SendRow>, holdOut = 0): Sending => ({
  holdOut,
  rows: [
    { id: 'all', kind: 'csat', sample: 100, variants: [{ survey: 'after-resolve', share: 100 }], ...row },
    { id: 'after', kind: 'follow-up', sample: 100, variants: [{ survey: 'follow-up', share: 100 }] },
  ],
});

/** A desk that sends surveys so, with a ticket that was resolved and asked about. */
const asked = async (sending: Sending): Promise<{ desk: Desk; id: string }> => {
  const desk = { ...aDesk(), surveys: surveysOf(surveys, sending) };
  const id = await anOpenTicket(desk);
  await act(desk, acts.replies, id, { body: 'Done.', then: 'resolved', cause: 'c', solution: 's', check: 'k' });
  desk.pass(HOUR);
  await askForRating(desk)({ ticketId: id, cycle: 1, token: 'token-1' });
  return { desk, id };
};
const eventOf = (desk: Desk, type: string) => desk.memory.events.find((event) => event.type === type);

test('which variant somebody was sent stands on the survey, on its sending and on its answer', async () => {
  const { desk, id } = await asked(aSending({ variants: [{ name: 'ease', survey: 'ease', share: 100 }] }));
  const mail = desk.memory.mails.get(surveyMailKey(id, 1, 'csat', false));
  const link = mail?.content.template === 'survey' ? mail.content.link : '';

  await answer(desk)(
    aRequest({
      path: { token: link.split('/s/')[1] ?? '' },
      raw: 'effort=7&hurdles=The+forms',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    }),
  );

  expect(await desk.tickets.survey(id, 1, 'csat')).toMatchObject({ survey: 'ease@1', variant: 'ease', measure: 'ces' });
  expect(eventOf(desk, 'survey-sent')).toMatchObject({ survey: 'ease@1', variant: 'ease', measure: 'ces' });
  expect((await desk.tickets.ledger(id))?.ticket.satisfaction).toMatchObject({ measure: 'ces', score: 7, low: true });
  expect(eventOf(desk, 'survey-answered')).toMatchObject({ variant: 'ease', measure: 'ces', score: 7, low: true });
});

test.each([
  ['who is not drawn', aSending({ sample: 0 }), 'not-sampled'],
  ['who is held out', aSending({}, 100), 'held-out'],
] as const)('%s is not asked, and the ticket says why', async (_, sending, why) => {
  const { desk, id } = await asked(sending);

  expect(eventOf(desk, 'survey-skipped')).toMatchObject({ why });
  expect(await desk.tickets.survey(id, 1, 'csat')).toMatchObject({ status: 'skipped', why });
  expect(desk.memory.mails.get(surveyMailKey(id, 1, 'csat', false))).toBeUndefined();
});
