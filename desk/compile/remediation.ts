import { SHEETS_REMEMBER } from '../../domain/contact/governor.ts';
import type { Policy } from '../../domain/policy.ts';
import { MINUTE } from '../../domain/support/time.ts';
import type { PolicyFile } from '../schema.ts';
import { iso, minutes } from './duration.ts';
import type { Source } from './source.ts';
import { checkCalendar, refuseDays } from './targets.ts';

const at = (...path: string[]): string[] => ['remediation', ...path];

/** What follows a bad answer. `calendars` are the names of those the file defines. */
export const compileRemediation = (
  source: Source,
  file: PolicyFile['remediation'],
  calendars: readonly string[],
): Policy['remediation'] => {
  const { times, within } = file['most-per-person'];
  checkCalendar(source, at('calendar'), file.calendar, calendars);
  for (const key of ['deadline', 'call-again-after'] as const) {
    refuseDays(source, at(key), file[key], file.calendar);
    if (minutes(file[key]) === 0) source.wrong(at(key), 'nobody can act in no time; write 4h');
  }
  if (minutes(within) === 0) source.wrong(at('most-per-person', 'within'), 'an empty window limits nothing; write 90d');
  if (minutes(within) * MINUTE > SHEETS_REMEMBER)
    source.wrong(
      at('most-per-person', 'within'),
      'what was put right for somebody is remembered for 366 days; shorten the window',
    );
  return {
    on: file.on,
    goesTo: file['goes-to'],
    mostPerPerson: { times, within: iso(within) },
    apologiseBy: file['apologise-by'],
    deadline: iso(file.deadline),
    calendar: file.calendar,
    askAgainAfter: iso(file['ask-again-after']),
    answerWithin: iso(file['answer-within']),
    callAgainAfter: iso(file['call-again-after']),
    calls: file.calls,
  };
};
