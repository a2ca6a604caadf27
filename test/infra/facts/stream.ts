import { describe, expect, test } from 'vitest';
import type { Templates } from '../support/template.ts';

interface Pattern {
  eventName: string[];
  dynamodb: { Keys: Record<'PK' | 'SK', { S: { prefix: string }[] }> };
}

type Change = [eventName: 'INSERT' | 'MODIFY' | 'REMOVE', PK: string, SK: string];

const matches = ({ eventName, dynamodb: { Keys } }: Pattern, [name, PK, SK]: Change) =>
  eventName.includes(name) &&
  Keys.PK.S.some(({ prefix }) => PK.startsWith(prefix)) &&
  Keys.SK.S.some(({ prefix }) => SK.startsWith(prefix));

const TICKET = 'TICKET#T-7K2M9Q';

const wake: Change[] = [
  ['INSERT', TICKET, 'TICKET'],
  ['MODIFY', TICKET, 'TICKET'],
  ['INSERT', TICKET, 'EVENT#01J'],
  ['INSERT', TICKET, 'WAIT#escalation'],
  ['MODIFY', TICKET, 'WAIT#escalation'],
  ['INSERT', TICKET, 'SURVEY#1#csat'],
  ['MODIFY', TICKET, 'SURVEY#1#csat'],
  ['REMOVE', TICKET, 'LINK#1#csat'],
  ['INSERT', 'MAIL#ack#T-7K2M9Q', 'MAIL'],
  ['INSERT', 'WAITING#frontline', 'WAITING#2#2026-11-22T09:00:00.000Z#T-7K2M9Q'],
  ['INSERT', 'AGENT#ada', 'AGENT'],
  ['INSERT', 'FEEDBACK#2026-11-22', '2026-11-22.01J'],
  ['MODIFY', 'AGENT#ada', 'AGENT'],
];

const letSleep: Change[] = [
  ['INSERT', TICKET, 'MESSAGE#01J'],
  ['REMOVE', TICKET, 'TICKET'],
  ['REMOVE', TICKET, 'WAIT#escalation'],
  ['INSERT', TICKET, 'LINK#1#csat'],
  ['MODIFY', 'MAIL#ack#T-7K2M9Q', 'MAIL'],
  ['INSERT', 'FACTS#2026-11-22#3', '2026-11-22T09:00:00.000Z#T-7K2M9Q#01J'],
  ['INSERT', 'REQUEST#http#5f', 'REQUEST'],
  ['REMOVE', 'REQUEST#http#5f', 'REQUEST'],
  ['INSERT', 'CUSTOMER#01J', 'CUSTOMER'],
  ['INSERT', 'ADDRESS#9f86', 'SUPPRESSION'],
  ['REMOVE', 'WAITING#frontline', 'WAITING#2#2026-11-22T09:00:00.000Z#T-7K2M9Q'],
  ['INSERT', 'OUTAGE#payment', 'OUTAGE'],
  ['MODIFY', 'FEEDBACK#2026-11-22', '2026-11-22.01J'],
  ['INSERT', 'CUSTOMER#01J', 'NPS#2026-11-22'],
  ['INSERT', 'MODEL#category', 'MODEL#2026-11-22T09:00:00.000Z'],
];

export const factsAboutTheStream = (templates: () => Templates) =>
  describe('the stream', () => {
    const patterns = (): Pattern[] =>
      templates()
        .of('AWS::Lambda::EventSourceMapping')
        .flatMap(({ properties }) => properties.FilterCriteria?.Filters ?? [])
        .map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern));

    test.each(wake)('wakes the function on %s of %s, %s', (...change) => {
      expect(patterns().some((pattern) => matches(pattern, change))).toBe(true);
    });

    test.each(letSleep)('lets it sleep on %s of %s, %s', (...change) => {
      expect(patterns().some((pattern) => matches(pattern, change))).toBe(false);
    });

    test('is filtered within the five patterns that Lambda allows', () => {
      expect(patterns().length).toBeGreaterThan(0);
      expect(patterns().length).toBeLessThanOrEqual(5);
    });
  });
