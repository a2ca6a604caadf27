import { expect, test } from 'vitest';
import { hold } from '../../../domain/ticket/acts/hold.ts';
import { reply } from '../../../domain/ticket/acts/reply.ts';
import { resume } from '../../../domain/ticket/acts/resume.ts';
import { afterChange, aLedger, aTeam } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';
import {
  acknowledged,
  asleep,
  at,
  callLead,
  callManager,
  climbAt,
  climbed,
  desk,
  everyDay,
  hours,
  move,
  nights,
  warn,
} from '../../support/ladder-desk.ts';

test('a notice that was held back into a pause is told when the ticket goes on', () => {
  const by = 'agent:lea' as const;
  const warned = climbed(19.2, aLedger({}, at(0)), asleep());
  const held = afterChange(warned, granted(hold(warned, { waitingFor: 'third-party', by }, at(20))));
  const back = afterChange(held, granted(resume(held, { by }, at(30))));

  expect(climbAt(22, held, asleep()).change).toBeUndefined();
  expect(back.ticket.lookAgainAt).toBe(hours(22));
  expect(climbAt(30, back, asleep()).change?.events).toMatchObject([{ type: 'notice-given', told: ['ada'] }]);
});

test('somebody in their quiet hours is told at the moment they are over, once', () => {
  const ledger = climbed(19.2, aLedger({}, at(0)), asleep());
  const { change } = climbAt(19.2, aLedger({}, at(0)), asleep());

  const morning = climbAt(22, ledger, asleep());
  const told = climbed(22, ledger, asleep());

  expect(change?.events).toMatchObject([{ type: 'warned', told: [], held: [{ agent: 'ada', until: hours(22) }] }]);
  expect(change?.mails).toEqual([]);
  expect(ledger.ticket.lookAgainAt).toBe(hours(22));
  expect(morning.change?.events).toMatchObject([
    { type: 'notice-given', by: 'rule:quiet.over@1', rung: 'warn', promise: 'firstReply', told: ['ada'] },
  ]);
  expect(morning.change?.mails).toMatchObject([
    { key: `notice#T-7K2M9Q#1#firstReply#${hours(24)}#warn#ada`, content: { template: 'warning' } },
  ]);
  expect(told.ticket.lookAgainAt).toBe(hours(24));
  expect(climbAt(22, told, asleep()).change).toBeUndefined();
});

test('each of a group is told when their own quiet hours are over', () => {
  const group = desk({ ladder: [{ ...warn, act: { kind: 'warn', who: 'group' } }, callManager] });
  const longer = { ...nights, week: everyDay([{ from: '22:00', to: '32:00' }]) };
  const team = aTeam({ ada: { quiet: nights }, ben: { quiet: longer } });

  const first = climbed(22, climbed(19.2, aLedger({}, at(0, group)), team, group), team, group);
  const second = climbAt(23, first, team, group);

  expect(first.events.at(-1)).toMatchObject({ type: 'notice-given', told: ['ada'] });
  expect(first.ticket.lookAgainAt).toBe(hours(23));
  expect(second.change?.events).toMatchObject([{ type: 'notice-given', told: ['ben'] }]);
});

test('what was held back is told to nobody once it matters no more', () => {
  const ledger = climbed(19.2, aLedger({}, at(0)), asleep());
  const words = { agent: 'ben', agentName: 'Ben', body: 'Hello', links: { ticket: 'https://desk.example/t/x' } };

  const answered = afterChange(ledger, granted(reply(ledger, words, at(20))));
  const seen = acknowledged(20, ledger, 'ben');

  expect(climbAt(22, answered, asleep()).change).toBeUndefined();
  expect(climbAt(22, seen, asleep()).change).toBeUndefined();
});

test('whoever has left the team meanwhile is told nothing, and holds nobody up', () => {
  const held = climbed(19.2, aLedger({}, at(0)), asleep());
  const gone = aTeam().filter(({ id }) => id !== 'ada');

  const morning = climbAt(22, held, gone);
  const warned = climbAt(19.2, aLedger({}, at(0)), gone);

  expect(morning.change?.events).toMatchObject([{ type: 'notice-given', told: ['ada'] }]);
  expect(morning.change?.mails).toEqual([]);
  expect(warned.change?.events).toMatchObject([{ type: 'warned', told: ['ben'] }]);
});

test('a step that wakes for the priority reaches people in their quiet hours', () => {
  const waking = desk({ ladder: [{ ...warn, wakes: ['P3'] }, callManager] });
  const others = desk({ ladder: [{ ...warn, wakes: ['P1'] }, callManager] });

  expect(climbAt(19.2, aLedger({}, at(0, waking)), asleep(), waking).change?.events[0]).toMatchObject({
    told: ['ada'],
  });
  expect(climbAt(19.2, aLedger({}, at(0, others)), asleep(), others).change?.events[0]).toMatchObject({ told: [] });
});

test('nobody is expected to acknowledge what they can only read in the morning', () => {
  const night = desk({
    ladder: [{ ...warn, at: { share: 0.5 } }, { ...move, at: { share: 0.8 } }, callLead, callManager],
  });
  const team = aTeam({ cleo: { quiet: nights }, lea: { quiet: nights } });

  const ledger = climbed(19.2, aLedger({}, at(0, night)), team, night);

  expect(ledger.events.findLast(({ type }) => type === 'escalated')).toMatchObject({
    told: [],
    acknowledge: { from: hours(22), within: 'PT15M' },
  });
  expect(climbed(22, ledger, team, night).ticket.lookAgainAt).toBe(hours(22.25));
});

test('the time to acknowledge begins with the first who can read it', () => {
  const group = { ...warn, act: { kind: 'warn', who: 'group' }, acknowledgeWithin: { P3: 'PT15M' } } as const;
  const some = desk({ ladder: [group, callLead, callManager] });

  const ledger = climbed(19.2, aLedger({}, at(0, some)), asleep(), some);

  expect(ledger.events.at(-1)).toMatchObject({
    told: ['ben'],
    held: [{ agent: 'ada' }],
    acknowledge: { from: hours(19.2) },
  });
});

test('a colleague who wants it by text message is told by each way, under a key of its own', () => {
  const team = aTeam({ ada: { tellBy: ['mail', 'sms'], phone: '+4930123456', timeZone: 'Europe/Berlin' } });

  const { change } = climbAt(19.2, aLedger({}, at(0)), team);

  const key = `notice#T-7K2M9Q#1#firstReply#${hours(24)}#warn#ada`;
  expect(change?.mails).toMatchObject([
    { key, to: { email: 'ada@desk.example' }, timeZone: 'Europe/Berlin' },
    { key: `${key}#sms`, to: { phone: '+4930123456' }, timeZone: 'Europe/Berlin' },
  ]);
});
