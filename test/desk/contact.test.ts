import { expect, test } from 'vitest';
import { compileAskingHours, compileAsks } from '../../desk/compile/contact.ts';
import { sourceOf } from '../../desk/compile/source.ts';
import { policyFile } from '../../desk/schema.ts';
import { aCalendar } from '../support/builders.ts';

const asksOf = (text: string) => {
  const source = sourceOf(`contact:\n  asks: ${text}`, 'desk/policy.yaml');
  const file = source.as(policyFile.pick({ contact: true }));
  return { asks: file && compileAsks(source, file.contact), said: source.mistakes.map(({ what }) => what) };
};

const hoursOf = (text: string) => {
  const rest =
    'ask-after: 1h, remind-after: 2d, link-lasts: 28d, editable-for: 1d, credit: last-reply, scanners-open-within: 10s';
  const source = sourceOf(`survey: { ${rest}, calendar: tehran, ${text} }`, 'desk/policy.yaml');
  const file = source.as(policyFile.pick({ survey: true }));
  const calendars = { tehran: aCalendar({ zone: 'Asia/Tehran' }) };
  return { read: file && compileAskingHours(source, file.survey, calendars), said: source.mistakes };
};

test('a budget is read as it is written', () => {
  const upTo = '{ follow-up: 6, fix-check: 5, csat: 5, nps: 1, reminder: 0 }';

  expect(asksOf(`{ most: 6, within: 14d, open-for: 36h, up-to: ${upTo} }`)).toEqual({
    asks: {
      most: 6,
      within: 'PT336H',
      openFor: 'PT36H',
      upTo: { 'follow-up': 6, 'fix-check': 5, csat: 5, nps: 1, reminder: 0 },
    },
    said: [],
  });
});

test('so are the hours of asking, with the zone of their calendar and the days of the week', () => {
  expect(hoursOf('hours: "08:30-24:00", days: [sat, sun]').read).toEqual({
    hours: { from: '08:30', to: '24:00', days: ['sat', 'sun'] },
    zone: 'Asia/Tehran',
  });
  expect(hoursOf('hours: "09:00-20:00"').read).toEqual({
    hours: { from: '09:00', to: '20:00' },
    zone: 'Asia/Tehran',
  });
  expect(hoursOf('hours: "09:00-20:00", days: []').read).toBeUndefined();
});

test('whoever shall never be asked is written as an address or a domain', () => {
  expect(hoursOf('hours: "09:00-20:00", never-ask: [qa@example.com, example.org]').said).toEqual([]);
  expect(hoursOf('hours: "09:00-20:00", never-ask: ["@example.org"]').said).toHaveLength(1);
});
