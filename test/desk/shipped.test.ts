import { describe, expect, test } from 'vitest';
import { CHANNELS, PRIORITIES } from '../../domain/ticket/ticket.ts';
import { compiledDesk } from './compiled.ts';

describe('the shipped desk', () => {
  test('keeps the targets of the field: chat in an hour, mail in a day, social in four hours', async () => {
    const { policy } = await compiledDesk();

    const firstReplies = CHANNELS.map((channel) => {
      const row = policy.targets.find(
        ({ channels, priorities }) => channels?.includes(channel) && priorities?.includes('P3'),
      );
      return [channel, row?.firstReply, row?.calendar];
    });
    expect(firstReplies).toEqual([
      ['mail', 'PT24H', 'always'],
      ['web', 'PT24H', 'always'],
      ['api', 'PT24H', 'always'],
      ['chat', 'PT1H', 'office'],
      ['social', 'PT4H', 'always'],
      ['phone', 'PT4H', 'always'],
      ['sms', 'PT4H', 'always'],
    ]);
  });

  test('promises the most urgent a reply within an hour, on every channel', async () => {
    const { policy } = await compiledDesk();

    const firstRow = policy.targets[0];
    expect(firstRow).toMatchObject({ priorities: ['P1'], firstReply: 'PT1H', calendar: 'always' });
    expect(firstRow?.channels).toBeUndefined();
  });

  test('promises a solution for every priority', async () => {
    const { policy } = await compiledDesk();

    const missing = CHANNELS.flatMap((channel) =>
      PRIORITIES.filter((priority) => {
        const row = policy.targets.find(
          ({ channels, priorities }) =>
            (channels?.includes(channel) ?? true) && (priorities?.includes(priority) ?? true),
        );
        return row?.resolution === undefined;
      }),
    );
    expect(missing).toEqual([]);
  });

  test('climbs as written: warn, move and tell the lead, call the lead, move again, call the manager', async () => {
    const { policy } = await compiledDesk();
    const wakes = ['P1'];
    const acknowledgeWithin = { P1: 'PT15M', P2: 'PT15M' };

    expect(policy.ladder).toEqual([
      { id: 'warn-50', at: { share: 0.5 }, priorities: ['P1', 'P2'], act: { kind: 'warn', who: 'assignee' } },
      { id: 'warn-80', at: { share: 0.8 }, priorities: ['P3', 'P4'], act: { kind: 'warn', who: 'assignee' } },
      { id: 'warn-group-80', at: { share: 0.8 }, priorities: ['P1', 'P2'], act: { kind: 'warn', who: 'group' }, wakes },
      { id: 'move-100', at: { share: 1 }, act: { kind: 'move' }, tell: 'lead', acknowledgeWithin, wakes },
      { id: 'call-lead-30m', at: { after: 'PT30M' }, act: { kind: 'call', who: 'lead' }, acknowledgeWithin, wakes },
      { id: 'move-1h', at: { after: 'PT1H' }, act: { kind: 'move' }, wakes },
      { id: 'call-manager-2h', at: { after: 'PT2H' }, act: { kind: 'call', who: 'manager' }, wakes },
    ]);
    expect(policy.acknowledgedRests).toBe('PT1H');
  });

  test('asks five questions after resolving, and one more when the issue is not resolved', async () => {
    const { surveys } = await compiledDesk();

    const first = surveys.find(({ kind }) => kind === 'csat');
    expect(first).toMatchObject({ id: 'after-resolve', version: 1, scale: 'csat-5', lowAtMost: 2 });
    expect(first?.questions.filter(({ when }) => when === undefined)).toHaveLength(5);
    expect(first?.questions.find(({ id }) => id === 'why-not')?.when).toEqual({ question: 'resolved', in: ['no'] });
  });

  test('names the answers of the four-point scale as its language does, without a neutral', async () => {
    const { locales, surveys } = await compiledDesk();

    expect(surveys.find(({ id }) => id === 'four-point')?.questions[0]?.labels?.excellent?.fa).toBe('عالی');
    expect(locales.fa.scored['four-point@1']?.options.map(({ label }) => label)).toEqual([
      'خیلی بد',
      'بد',
      'خوب',
      'عالی',
    ]);
  });
});
