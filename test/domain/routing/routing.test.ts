import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AgentNow } from '../../../domain/policy.ts';
import { type Wanted, weighAgents } from '../../../domain/routing/choose-agent.ts';
import { groupOf, placeTicket } from '../../../domain/routing/place-ticket.ts';
import { aContext, anAgent, aPolicy, aTeam, mondayAt9 } from '../../support/builders.ts';

const frontline = { group: 'frontline' };

const agentFor = (team: readonly AgentNow[], wanted: Wanted): AgentNow | undefined => weighAgents(team, wanted).agent;

test('the least loaded present agent of the group gets it', () => {
  const team = [anAgent({ id: 'ada', load: 2 }), anAgent({ id: 'ben', load: 1 })];

  expect(agentFor(team, frontline)?.id).toBe('ben');
});

test('nobody absent, full, excepted, or of another group gets it', () => {
  const team = [
    anAgent({ id: 'away', present: false }),
    anAgent({ id: 'full', load: 5, capacity: 5 }),
    anAgent({ id: 'rated' }),
    anAgent({ id: 'other', groups: ['expert'] }),
  ];

  expect(agentFor(team, { ...frontline, except: ['rated'] })).toBeUndefined();
});

test('who has the language goes before who has less to do', () => {
  const team = [anAgent({ id: 'ada', load: 0 }), anAgent({ id: 'parisa', load: 3, languages: ['fa'] })];

  expect(agentFor(team, { ...frontline, locale: 'fa-IR' })?.id).toBe('parisa');
  expect(agentFor(team, { ...frontline, locale: 'de' })?.id).toBe('ada');
});

test('who has the skill goes before who has not, after the language', () => {
  const team = [
    anAgent({ id: 'ada' }),
    anAgent({ id: 'ben', load: 2, skills: ['payment'] }),
    anAgent({ id: 'parisa', load: 3, languages: ['fa'] }),
  ];

  expect(agentFor(team, { ...frontline, skills: ['payment'] })?.id).toBe('ben');
  expect(agentFor(team, { ...frontline, locale: 'fa', skills: ['payment'] })?.id).toBe('parisa');
});

test('seniors first falls back on the rest, seniors only does not', () => {
  const team = [anAgent({ id: 'ada' }), anAgent({ id: 'sam', role: 'senior', load: 4 })];
  const withoutSam = team.slice(0, 1);

  expect(agentFor(team, { ...frontline, seniors: 'first' })?.id).toBe('sam');
  expect(agentFor(withoutSam, { ...frontline, seniors: 'first' })?.id).toBe('ada');
  expect(agentFor(withoutSam, { ...frontline, seniors: 'only' })).toBeUndefined();
});

test('at equal load it is the turn of whoever was given work longest ago, then of the first id', () => {
  const ben = anAgent({ id: 'ben', lastAssignedAt: '2026-11-23T08:00:00.000Z' });
  const ada = anAgent({ id: 'ada', lastAssignedAt: '2026-11-23T09:00:00.000Z' });
  const never = anAgent({ id: 'zoe' });

  expect(agentFor([ada, ben], frontline)?.id).toBe('ben');
  expect(agentFor([ada, ben, never], frontline)?.id).toBe('zoe');
  expect(agentFor([anAgent({ id: 'ben' }), anAgent({ id: 'ada' })], frontline)?.id).toBe('ada');
});

test('whoever is chosen is present, has room, is of the group, and nobody like that has less to do', () => {
  const agents = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      present: fc.boolean(),
      load: fc.nat(4),
      capacity: fc.nat(4),
      groups: fc.subarray(['frontline', 'advanced']),
    }),
    { selector: ({ id }) => id },
  );
  fc.assert(
    fc.property(agents, (some) => {
      const team = some.map(anAgent);
      const fit = team.filter((a) => a.present && a.load < a.capacity && a.groups.includes('frontline'));

      const chosen = agentFor(team, frontline);

      expect(chosen?.load).toBe(fit.length === 0 ? undefined : Math.min(...fit.map(({ load }) => load)));
      expect(agentFor(team.toReversed(), frontline)).toEqual(chosen);
    }),
  );
});

const wanted = { group: 'frontline', locale: 'en', skills: [] };

test('a ticket is placed in its group with the tier of the group', () => {
  expect(placeTicket(wanted, aTeam(), aContext())).toMatchObject({
    group: 'frontline',
    tier: 1,
    agent: 'ada',
    rule: 'routing.least-loaded',
  });
});

test('when nobody can take it, it waits in the queue of its group and the reason says so', () => {
  const place = placeTicket(wanted, aTeam({ ada: { present: false }, ben: { present: false } }), aContext());

  expect(place).toEqual({
    group: 'frontline',
    tier: 1,
    rule: 'routing.nobody',
    nobody: 'away',
    reason: 'Nobody of frontline is present with room: it waits in the queue. Not ada: away; ben: away.',
  });
});

test('a critical ticket goes to the first senior along the path', () => {
  const critical = { ...wanted, critical: true };

  expect(placeTicket(critical, aTeam(), aContext())).toMatchObject({ group: 'advanced', tier: 2, agent: 'cleo' });
  expect(placeTicket(critical, aTeam({ cleo: { present: false } }), aContext())).toMatchObject({
    agent: 'eva',
    tier: 3,
  });
});

test('a critical ticket without a senior in sight goes to its own group all the same, and says so', () => {
  const team = aTeam({ cleo: { present: false }, eva: { present: false } });

  expect(placeTicket({ ...wanted, critical: true }, team, aContext())).toMatchObject({
    group: 'frontline',
    agent: 'ada',
    reason: 'No senior is there with room. Least loaded of frontline: ada (0 of 5). Not ben: with more to do (1).',
  });
});

test('a path that bites its own tail is walked once', () => {
  const policy = aPolicy();
  const groups = { ...policy.groups, expert: { ...groupOf('expert', policy), next: 'frontline' } };
  const team = aTeam({ cleo: { present: false }, eva: { present: false } });

  expect(placeTicket({ ...wanted, critical: true }, team, aContext(mondayAt9, { ...policy, groups })).agent).toBe(
    'ada',
  );
});

test('who answered already keeps it, if they are of the group', () => {
  const team = aTeam({ ben: { load: 5 } });

  expect(placeTicket({ ...wanted, prefer: 'ben' }, team, aContext())).toMatchObject({
    agent: 'ben',
    rule: 'routing.answered',
  });
  expect(placeTicket({ ...wanted, prefer: 'cleo' }, team, aContext()).agent).toBe('ada');
});

test('a group that the policy does not have is an error by name', () => {
  expect(() => placeTicket({ ...wanted, group: 'nowhere' }, aTeam(), aContext())).toThrow(/nowhere/);
});
