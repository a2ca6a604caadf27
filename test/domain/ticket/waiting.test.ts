import { describe, expect, test } from 'vitest';
import type { AgentNow } from '../../../domain/policy.ts';
import { giveOut, handOver } from '../../../domain/ticket/acts/give-out.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { transfer } from '../../../domain/ticket/acts/transfer.ts';
import { aContext, afterChange, aLedger, aPolicy, aTeam } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const ctx = aContext();
const everybodyAway = aTeam({
  ada: { present: false },
  ben: { present: false },
  cleo: { present: false },
  eva: { present: false },
});

const waiting = (subject = 'My payment') => aLedger({ subject }, ctx, everybodyAway);

describe('a ticket that waits', () => {
  test('is given to whoever is there, with the place they had', () => {
    const change = granted(giveOut(waiting(), { team: aTeam() }, ctx));

    expect(change.after).toMatchObject({ assignee: 'ada', group: 'frontline' });
    expect(change.events).toMatchObject([{ type: 'assigned', agent: 'ada', by: 'rule:routing.least-loaded@1' }]);
    expect(change.events[0]?.reason).toContain('It waited in the queue of frontline.');
    expect(change.takes).toEqual({ agent: 'ada', load: 0 });
  });

  test('and is critical goes to a senior of a later group, when one is there first', () => {
    const team = aTeam({ ada: { present: false }, ben: { present: false } });

    const change = granted(giveOut(waiting('Outage'), { team }, ctx));

    expect(change.after).toMatchObject({ group: 'advanced', tier: 2, assignee: 'cleo' });
    expect(change.events).toMatchObject([{ type: 'transferred', fromGroup: 'frontline', group: 'advanced' }]);
  });

  test('goes on waiting while nobody is there, and is given once', () => {
    expect(giveOut(waiting(), { team: everybodyAway }, ctx)).toMatchObject({ refusal: 'nobody' });
    expect(giveOut(aLedger(), { team: aTeam() }, ctx)).toMatchObject({ refusal: 'not-waiting' });
  });
});

describe('when somebody goes away', () => {
  const adaAway = (more: { [id: string]: Partial<AgentNow> } = {}) => aTeam({ ada: { present: false }, ...more });

  test('what they have not answered goes to somebody else, and the event says from whom and why', () => {
    const change = granted(handOver(aLedger(), { from: 'ada', team: adaAway() }, ctx));

    expect(change.after).toMatchObject({ assignee: 'ben' });
    expect(change.events).toMatchObject([{ type: 'assigned', agent: 'ben', from: 'ada' }]);
    expect(change.events[0]?.reason).toMatch(/^ada went away before answering it\./);
  });

  test('and nobody else can take it, it waits without an owner, and an event says so', () => {
    const change = granted(handOver(aLedger(), { from: 'ada', team: everybodyAway }, ctx));

    expect(change.after).not.toHaveProperty('assignee');
    expect(change.events).toMatchObject([{ type: 'nobody-available', group: 'frontline', why: 'away' }]);
  });

  test('what they have answered, or somebody else has, stays where it is', () => {
    const answer = { agent: 'ada', agentName: 'Ada', body: 'Hello', links: { ticket: 'https://desk.example/t/x' } };
    const answered = afterChange(aLedger(), granted(reply(aLedger(), answer, ctx)));

    expect(handOver(answered, { from: 'ada', team: adaAway() }, ctx)).toMatchObject({ refusal: 'answered' });
    expect(handOver(aLedger(), { from: 'ben', team: adaAway() }, ctx)).toMatchObject({ refusal: 'not-theirs' });
  });
});

test('a transfer to where nobody is tells so beside itself', () => {
  const team = aTeam({ cleo: { present: false } });

  const change = granted(transfer(aLedger(), { to: 'advanced', by: 'agent:lea', team }, ctx));

  expect(change.events.map(({ type }) => type)).toEqual(['transferred', 'nobody-available']);
});

test('outside the hours of its group a ticket waits for them, whoever is there', () => {
  const policy = aPolicy();
  const { frontline } = policy.groups;
  if (frontline === undefined) throw new Error('There is no frontline.');
  const office = { ...policy, groups: { ...policy.groups, frontline: { ...frontline, hours: 'office' } } };
  const [atLunch, afterLunch] = ['2026-11-23T11:30:00.000Z', '2026-11-23T12:00:00.000Z'];

  const ledger = aLedger({}, aContext(atLunch, office));

  expect(ledger.ticket).not.toHaveProperty('assignee');
  expect(ledger.events.at(-1)).toMatchObject({ type: 'nobody-available', why: 'closed' });
  expect(giveOut(ledger, { team: aTeam() }, aContext(atLunch, office))).toMatchObject({ refusal: 'nobody' });
  expect(granted(giveOut(ledger, { team: aTeam() }, aContext(afterLunch, office))).after).toMatchObject({
    assignee: 'ada',
  });
});
