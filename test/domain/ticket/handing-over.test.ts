import { expect, test } from 'vitest';
import { askAHuman } from '../../../domain/ticket/acts/ask-a-human.ts';
import { assign } from '../../../domain/ticket/acts/assign.ts';
import { transfer } from '../../../domain/ticket/acts/transfer.ts';
import { aContext, afterChange, aLedger, aTeam } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const ctx = aContext();
const by = 'agent:lea' as const;

test('a ticket is given to another agent, and the event says from whom', () => {
  const change = granted(assign(aLedger(), { to: 'ben', by, team: aTeam() }, ctx));

  expect(change.after).toMatchObject({ assignee: 'ben', group: 'frontline' });
  expect(change.events).toMatchObject([{ type: 'assigned', agent: 'ben', from: 'ada', by }]);
});

test('a person may give it to somebody away, and the event says that they are', () => {
  const team = aTeam({ ben: { present: false } });

  expect(granted(assign(aLedger(), { to: 'ben', by, team }, ctx)).events[0]?.reason).toContain('ben is away');
});

test('it is not given to nobody, nor to whoever has it', () => {
  expect(assign(aLedger(), { to: 'nobody', by, team: aTeam() }, ctx)).toMatchObject({ refusal: 'unknown-agent' });
  expect(assign(aLedger(), { to: 'ada', by, team: aTeam() }, ctx)).toMatchObject({ refusal: 'already-there' });
});

test('a transfer to a group takes the owner along and finds a new one there', () => {
  const change = granted(transfer(aLedger(), { to: 'advanced', by, team: aTeam() }, ctx));

  expect(change.after).toMatchObject({ group: 'advanced', tier: 2, assignee: 'cleo' });
  expect(change.events).toMatchObject([
    { type: 'transferred', group: 'advanced', tier: 2, fromGroup: 'frontline', fromTier: 1, agent: 'cleo' },
  ]);
});

test('a transfer to a group where nobody is leaves it without an owner, and says so', () => {
  const team = aTeam({ cleo: { present: false } });

  const change = granted(transfer(aLedger(), { to: 'advanced', by, team }, ctx));

  expect(change.after).not.toHaveProperty('assignee');
  expect(change.events[0]?.reason).toContain('Nobody of advanced');
});

test('a transfer to an agent goes to their group, or stays in its own if they are in it', () => {
  const team = aTeam({ ben: { groups: ['expert', 'frontline'] } });

  expect(granted(transfer(aLedger(), { to: 'eva', by, team }, ctx)).after).toMatchObject({
    group: 'expert',
    assignee: 'eva',
  });
  expect(granted(transfer(aLedger(), { to: 'ben', by, team }, ctx)).after).toMatchObject({
    group: 'frontline',
    assignee: 'ben',
  });
});

test('a transfer to nowhere, or to where it is, is refused', () => {
  const to = (place: string) => transfer(aLedger(), { to: place, by, team: aTeam() }, ctx);

  expect(to('nowhere')).toMatchObject({ refusal: 'unknown-place' });
  expect(to('lea')).toMatchObject({ refusal: 'unknown-place' });
  expect(to('frontline')).toMatchObject({ refusal: 'already-there' });
  expect(to('ada')).toMatchObject({ refusal: 'already-there' });
});

test('a transfer to its own group does not draw another owner', () => {
  const team = aTeam({ ada: { load: 4 } });

  expect(transfer(aLedger(), { to: 'frontline', by, team }, ctx)).toMatchObject({ refusal: 'already-there' });
});

test('a fault nobody planned marks the ticket for a person', () => {
  const change = askAHuman(aLedger(), { machine: 'escalation', error: 'States.Timeout' }, ctx);

  expect(change.after.needsHuman).toBe('escalation: States.Timeout');
  expect(change.events).toMatchObject([{ type: 'needs-human', machine: 'escalation', error: 'States.Timeout' }]);
});

test('the mark that asks for a person goes when an agent acts on the ticket, and not when a rule does', () => {
  const fault = { machine: 'escalation', error: 'States.Timeout' } as const;
  const marked = afterChange(aLedger(), askAHuman(aLedger(), fault, ctx));

  const byRule = askAHuman(marked, fault, ctx);
  const byAgent = granted(assign(marked, { to: 'ben', by, team: aTeam() }, ctx));

  expect(byRule.after.needsHuman).toBe('escalation: States.Timeout');
  expect(byAgent.after.needsHuman).toBeUndefined();
});
