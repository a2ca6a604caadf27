import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR, plus } from '../../domain/support/time.ts';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { act, MONDAY, openTicket, startDesk } from '../support/journey.ts';

const at = (hours: number): string => plus(MONDAY, hours * HOUR);
const folder = mkdtempSync(join(tmpdir(), 'careline-exports-'));
let desk: RunningDesk;
/** The tickets of the week, by what becomes of them. */
const ids: Record<string, string> = {};

const open = async (
  name: string,
  more: Record<string, unknown> = {},
  email = `${name}@shop.example`,
): Promise<void> => {
  ids[name] = await openTicket(desk, email, more);
};
const id = (name: string): string => ids[name] ?? expect.fail(`There is no ticket ${name}.`);
const solve = (name: string) => act(desk, 'replies', id(name), { body: 'It works again.', then: 'resolved' });

beforeAll(async () => {
  desk = await startDesk();
  const urgent = { impact: 'all', urgency: 'now' };
  for (const name of ['met', 'late', 'paused', 'reopened']) await open(name);
  await open('part', {}, 'kim@shop.example');
  await open('whole', {}, 'kim@shop.example');
  await open('urgentLate', urgent);
  await open('urgentMet', urgent);
  await desk.move({ to: at(0.5) });
  await solve('urgentMet');
  await desk.move({ to: at(2) });
  await solve('met');
  await solve('reopened');
  await act(desk, 'hold', id('paused'), { waitingFor: 'third-party' });
  await desk.move({ to: at(3) });
  await act(desk, 'merge', id('part'), { into: id('whole') });
  await desk.move({ to: at(3.5) });
  await solve('whole');
  await desk.move({ to: at(5) });
  await solve('urgentLate');
  await desk.move({ to: at(30) });
  await solve('late');
  await desk.move({ to: at(50) });
  await act(desk, 'resume', id('paused'));
  await desk.move({ to: at(51) });
  await solve('paused');
  await desk.move({ to: at(54) });
  await act(desk, 'reopen', id('reopened'));
  await desk.move({ to: at(55) });
  await solve('reopened');
  await open('waiting');
  await desk.move({ to: at(56) });
  // Nine lives at a dozen times take a while on a busy machine.
}, 240_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await desk.stop();
});

const WEEK = '/desk/reports/sla?from=2026-11-23&to=2026-11-29';
const names = (tickets: string[]): string[] =>
  Object.keys(ids)
    .filter((name) => tickets.includes(id(name)))
    .sort();

test('the report of the week says what a person counts by hand', async () => {
  const { status, json } = await desk.as('lina', 'lead', 'GET', WEEK);
  const figure = (name: string) => json.figures.find((each: { name: string }) => each.name === name);
  const first = figure('attainment.first-reply');

  expect(status).toBe(200);
  expect(first).toMatchObject({ value: 0.75, numerator: 6, n: 8, small: true });
  expect(names(first.parts.breached.tickets)).toEqual(['late', 'urgentLate']);
  expect(names(first.parts.cancelled.tickets)).toEqual(['part']);
  expect(names(first.parts.running.tickets)).toEqual(['waiting']);
  expect(figure('attainment.resolution')).toMatchObject({ value: 0.875, numerator: 7, n: 8 });
  // 2, 30, 3, 2, 3.5, 5 and 0.5 hours; on the customer's own clock the paused one waited for 51.
  expect(figure('first-response-time.working')).toMatchObject({
    n: 7,
    value: Math.round((46 / 7) * 3600),
    median: 3 * 3600,
  });
  expect(figure('first-response-time.elapsed')).toMatchObject({ n: 7, value: Math.round((94 / 7) * 3600) });
  expect(json.unanswered).toEqual([
    { ticket: id('waiting'), since: expect.any(String), ageSeconds: expect.closeTo(3600, 0) },
  ]);
  expect(figure('urgent-resolved-in-time')).toMatchObject({ value: 0.5, n: 2, target: 0.95 });
  expect(json.objective).toMatchObject({ budget: { allowed: 0, used: 1, left: -1 } });
});

test('a breach without anybody near is decided at its second, and an agent sees no report', async () => {
  const { json } = await desk.as('ada', 'agent', 'GET', `/desk/tickets/${id('late')}`);
  const decided = json.events.flatMap(({ clocks = [] }: { clocks?: Array<Record<string, unknown>> }) => clocks);

  expect(decided).toContainEqual(
    expect.objectContaining({ promise: 'firstReply', outcome: 'breached', decidedAt: at(24), group: 'frontline' }),
  );
  expect((await desk.as('ada', 'agent', 'GET', WEEK)).status).toBe(403);
  const sheet = await desk.as('lina', 'admin', 'GET', WEEK.replace('sla?', 'sla.csv?'));
  expect(sheet.text.split('\r\n')[1]).toMatch(/^attainment\.first-reply,,0\.75,share,8,6,/);
});

/** `npm run explain`, as its user runs it. */
const explained = (exported: unknown[]): Promise<{ code: number; said: string }> => {
  const files = exported.flatMap((one, index) => {
    const file = join(folder, `${index}.json`);
    writeFileSync(file, JSON.stringify(one));
    return ['--ticket', file];
  });
  return new Promise((done) => {
    execFile(process.execPath, ['scripts/explain/main.ts', ...files], (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, said: stdout + stderr });
    });
  });
};

test('every ticket of the week recomputes to what is stored, and a changed one does not', async () => {
  const exports = await Promise.all(
    Object.keys(ids).map(
      async (name) => (await desk.as('ada', 'agent', 'GET', `/desk/tickets/${id(name)}/export`)).json,
    ),
  );
  const asStored = await explained(exports);
  const late = exports[Object.keys(ids).indexOf('late')];
  for (const event of late.events) if (event.type === 'replied') event.at = at(23);
  const tampered = await explained([late]);

  expect(asStored.said).not.toContain('DISAGREEMENT');
  expect(asStored.said.match(/Everything stored agrees/g)).toHaveLength(9);
  expect(asStored.code).toBe(0);
  expect(tampered.code).toBe(1);
  expect(tampered.said).toContain('outcome 1.firstReply.');
  expect((await explained([{ careline: 'other' }])).code).toBe(2);
});
