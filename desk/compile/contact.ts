import { ASKED_KINDS, type AskBudget, SHEETS_REMEMBER } from '../../domain/contact/governor.ts';
import { comparableAddress, domainOfAddress } from '../../domain/contact/mail-address.ts';
import type { AskingHours, Calendar } from '../../domain/policy.ts';
import { MINUTE } from '../../domain/support/time.ts';
import type { PolicyFile } from '../schema.ts';
import { iso, minutes } from './duration.ts';
import { didYouMean } from './mistakes.ts';
import type { Source } from './source.ts';

/** In minutes: shorter hours could be missed by a step that is tried again every hour. */
const SHORTEST_HOURS = 120;

/** How much one person may be asked; the more important kinds keep room, so that they are not crowded out. */
export const compileAsks = (source: Source, { asks }: PolicyFile['contact']): AskBudget => {
  const at = ['contact', 'asks'];
  const upTo = asks['up-to'];
  for (const [index, kind] of ASKED_KINDS.entries()) {
    const above = ASKED_KINDS[index - 1];
    if (upTo[kind] > asks.most)
      source.wrong(
        [...at, 'up-to', kind],
        `${kind} may be asked up to ${upTo[kind]} times, more than "most" (${asks.most}) in all; lower it`,
      );
    if (above !== undefined && upTo[kind] > upTo[above])
      source.wrong(
        [...at, 'up-to', kind],
        `${kind} is less important than ${above} and must not have more room (${upTo[kind]} of ${upTo[above]}); the order is ${ASKED_KINDS.join(', ')}`,
      );
  }
  if (minutes(asks['open-for']) > minutes(asks.within))
    source.wrong([...at, 'open-for'], `an ask cannot be open for longer than the window of ${asks.within}; shorten it`);
  if (minutes(asks.within) * MINUTE > SHEETS_REMEMBER)
    source.wrong([...at, 'within'], 'what somebody was asked is remembered for 366 days; shorten the window');
  if (minutes(asks.within) === 0) source.wrong([...at, 'within'], 'an empty window limits nothing; write 30d');
  return { most: asks.most, within: iso(asks.within), openFor: iso(asks['open-for']), upTo };
};

/** When people may be asked, and where the day is reckoned of those who told no time zone. */
export const compileAskingHours = (
  source: Source,
  { hours, days, calendar }: PolicyFile['survey'],
  calendars: Record<string, Calendar>,
): { hours: AskingHours; zone: string } => {
  const [from = '', to = ''] = hours.split('-');
  const length = wall(to) - wall(from);
  if (length <= 0) source.wrong(['survey', 'hours'], 'the hours end before they begin; nobody is asked at night');
  else if (length < SHORTEST_HOURS)
    source.wrong(['survey', 'hours'], 'the hours are too short to ask somebody in; write two hours or more');
  const zone = calendars[calendar]?.zone;
  if (zone === undefined)
    source.wrong(
      ['survey', 'calendar'],
      `calendar "${calendar}" is not defined${didYouMean(calendar, Object.keys(calendars))}`,
    );
  return { hours: { from, to, ...(days === undefined ? {} : { days }) }, zone: zone ?? 'UTC' };
};

/** An address, or a domain, in the form in which they are compared. */
export const asCompared = (who: string): string =>
  who.includes('@') ? comparableAddress(who) : domainOfAddress(`@${who}`);

const wall = (time: string): number => {
  const [hour, minute] = time.split(':');
  return Number(hour) * 60 + Number(minute);
};
