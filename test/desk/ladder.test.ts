import { expect, test } from 'vitest';
import { compileLadder } from '../../desk/compile/ladder.ts';
import { compileReach } from '../../desk/compile/reach.ts';
import { sourceOf } from '../../desk/compile/source.ts';
import { policyFile, teamFile } from '../../desk/schema.ts';
import type { Target } from '../../domain/policy.ts';

/** Nobody is promised a next reply, and a first reply only for P1. */
const TARGETS: Target[] = [
  { id: 'urgent', priorities: ['P1'], calendar: 'always', firstReply: 'PT1H', resolution: 'PT4H' },
  { id: 'rest', calendar: 'always', resolution: 'PT24H' },
];

const compiled = (steps: string) => {
  const source = sourceOf(`ladder:\n${steps}`, 'desk/policy.yaml');
  const file = source.as(policyFile.pick({ ladder: true }));
  const rungs = file && compileLadder(source, file.ladder, TARGETS);
  return { rungs, said: source.mistakes.map(({ line, what }) => `${line}: ${what}`) };
};

const END = '  - { at: +1h, call: lead }';

test('a step that no promise ever leads to is told by its line, with what would help', () => {
  const never = compiled(`  - { at: 80%, warn: group, promises: [next-reply] }\n${END}`);
  const others = compiled(`  - { at: 80%, warn: group, promises: [first-reply], priorities: [P3] }\n${END}`);
  const reached = compiled(`  - { at: 80%, warn: group, promises: [first-reply], priorities: [P1, P3] }\n${END}`);

  expect(never.said).toEqual([
    '2: this step is never reached: no target promises next-reply to tickets of P1, P2, P3, P4; take it out, or add the promise',
  ]);
  expect(others.said).toEqual([
    '2: this step is never reached: no target promises first-reply to tickets of P3; take it out, or add the promise',
  ]);
  expect(reached.said).toEqual([]);
});

test('a ladder has to end only for what is promised', () => {
  const { said } = compiled('  - { at: 100%, call: lead, promises: [resolution] }');

  expect(said).toEqual([
    '1: nothing happens when a promise of a P1 ticket is broken; add a step that moves it or calls somebody',
  ]);
});

test('the time to acknowledge is for all priorities of the step, or for those named', () => {
  const { rungs, said } = compiled(
    `  - { at: 100%, move: next-tier, priorities: [P1, P2], acknowledge-within: 15m }\n  - { at: +30m, call: lead, acknowledge-within: { P2: 1h } }\n${END}\n`.replace(
      '+1h',
      '+2h',
    ),
  );

  expect(said).toEqual([]);
  expect(rungs?.map(({ acknowledgeWithin }) => acknowledgeWithin)).toEqual([
    { P1: 'PT15M', P2: 'PT15M' },
    { P2: 'PT1H' },
    undefined,
  ]);
});

const reach = (more: string) => {
  const member =
    'team:\n  - { id: ada, name: Ada, email: ada@desk.example, groups: [a], tier: 1, role: agent, languages: [en], skills: all, capacity: 1';
  const source = sourceOf(`${member}, ${more} }`, 'desk/team.yaml');
  const [ada] = source.as(teamFile)?.team ?? [];
  return { reach: ada && compileReach(source, ['team', 0], ada), said: source.mistakes.map(({ what }) => what) };
};

test('quiet hours of every day become a week of them, in the zone of the person unless they name another', () => {
  const daily = reach('time-zone: Europe/Berlin, quiet: { hours: ["22:00-07:00"] }');
  const weekly = reach('time-zone: Europe/Berlin, quiet: { zone: Asia/Tehran, week: { fri: ["00:00-24:00"] } }');

  expect(daily.reach?.quiet).toMatchObject({ zone: 'Europe/Berlin', week: { sun: [{ from: '22:00', to: '31:00' }] } });
  expect(Object.keys(daily.reach?.quiet?.week ?? {})).toHaveLength(7);
  expect(weekly.reach).toEqual({
    timeZone: 'Europe/Berlin',
    quiet: { zone: 'Asia/Tehran', week: { fri: [{ from: '00:00', to: '24:00' }] }, closed: [], open: {} },
  });
  expect([...daily.said, ...weekly.said]).toEqual([]);
});

test('whole days may be quiet as long as the week is not', () => {
  const days = (names: string[]) => names.map((day) => `${day}: ["00:00-24:00"]`).join(', ');
  const six = reach(`quiet: { zone: UTC, week: { ${days(['mon', 'tue', 'wed', 'thu', 'fri', 'sat'])} } }`);
  const seven = reach(`quiet: { zone: UTC, week: { ${days(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])} } }`);

  expect(six.said).toEqual([]);
  expect(seven.said).toEqual([expect.stringMatching(/^this is quiet all day, every day/)]);
});
