import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import sending from '#desk/sending.json' with { type: 'json' };
import { archiveSurveys } from '../../desk/archive.ts';
import { HOUR } from '../../domain/support/time.ts';
import { surveyMailKey } from '../../domain/survey/issue.ts';
import { type Surveys, surveysOf } from '../../functions/_shared/surveys.ts';
import { build as answer } from '../../functions/answer-survey/handler.ts';
import { build as askForRating } from '../../functions/ask-for-rating/handler.ts';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as showSurvey } from '../../functions/show-survey/handler.ts';
import { compiledDesk } from '../desk/compiled.ts';
import { act } from './acting.ts';
import { aDesk, anOpenTicket, aRequest, type Desk } from './support.ts';

/** The desk after a redeploy: the survey after resolving has one question less and another scale. */
let redeployed: Surveys;
let folder: string;
beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'desk-')), 'desk');
  await cp(join(import.meta.dirname, '..', '..', 'desk'), folder, { recursive: true });
  const path = join(folder, 'surveys.yaml');
  const text = await readFile(path, 'utf8');
  const begins = text.indexOf('  - id: after-resolve');
  const ends = text.indexOf('  - id: four-point');
  await writeFile(
    path,
    `${text.slice(0, begins)}  - id: after-resolve
    version: 2
    kind: csat
    scored: satisfaction
    low-at-most: 2
    questions:
      - { id: satisfaction, kind: scale, scale: four-point, required: true }
      - { id: issue, kind: text, required: true }
${text.slice(ends).replace('- { id: satisfaction, kind: scale, scale: four-point', '- { id: satisfaction, kind: scale, scale: csat-5').replaceAll('in: [very-bad, bad]', 'in: [very-dissatisfied]').replace('four-point\n    version: 1', 'four-point\n    version: 2')}`,
  );
  for (const code of ['en', 'de', 'fa']) {
    const words = join(folder, 'locales', `${code}.yaml`);
    const all = await readFile(words, 'utf8');
    const from = all.indexOf('    reason:', all.indexOf('\n  after-resolve:\n'));
    const issue = /\n {4}issue: .*\n/.exec(all)?.[0] ?? '';
    await writeFile(
      words,
      `${all.slice(0, from).trimEnd()}${issue}${all.slice(all.indexOf('  four-point:\n    satisfaction'))}`,
    );
  }
  await archiveSurveys(folder);
  redeployed = surveysOf((await compiledDesk(folder)).surveys, sending);
});
afterAll(() => rm(join(folder, '..'), { recursive: true }));

const asked = async (desk: Desk): Promise<string> => {
  const id = await anOpenTicket(desk);
  await act(desk, acts.replies, id, { body: 'Done.', then: 'resolved', cause: 'c', solution: 's', check: 'k' });
  desk.pass(HOUR);
  await askForRating(desk)({ ticketId: id, cycle: 1, token: 'token-1' });
  const mail = desk.memory.mails.get(surveyMailKey(id, 1, 'csat', false));
  const link = mail?.content.template === 'survey' ? mail.content.link : undefined;
  return link?.split('/s/')[1] ?? expect.fail('nobody was asked');
};

test('a link that was mailed before a redeploy asks what it asked, and its answer counts by that', async () => {
  const before = aDesk();
  const token = await asked(before);
  const desk = { ...before, surveys: redeployed };

  const shown = await showSurvey(desk)(aRequest({ path: { token }, query: { r: '5' } }));
  const answered = await answer(desk)(
    aRequest({
      path: { token },
      raw: new URLSearchParams({ satisfaction: '5', 'hard-to-use': 'The menu' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    }),
  );

  expect(desk.surveys.of('csat')).toMatchObject({ version: 2, scale: 'four-point' });
  expect(shown.body).toContain('Which features or tools did you find hard to use?');
  expect(shown.body).toMatch(/value="5"[^>]*checked/);
  expect(answered.statusCode).toBe(200);
  expect(desk.memory.events.find(({ type }) => type === 'survey-answered')).toMatchObject({
    survey: 'after-resolve@1',
    score: 5,
    scale: 'csat-5',
    low: false,
  });
});

test('who is asked after a redeploy is asked what is asked now', async () => {
  const desk = { ...aDesk(), surveys: redeployed };

  const token = await asked(desk);
  const shown = await showSurvey(desk)(aRequest({ path: { token } }));

  expect(shown.body).not.toContain('hard to use');
  expect(shown.body).toContain('Excellent');
});
