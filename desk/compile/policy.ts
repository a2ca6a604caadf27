import type { Policy, Rung, Target } from '../../domain/policy.ts';
import { CHANNELS, PRIORITIES } from '../../domain/ticket/ticket.ts';
import type { PolicyFile } from '../schema.ts';
import { compileCalendars } from './calendars.ts';
import { iso, minutes } from './duration.ts';
import { checkGroups } from './groups.ts';
import { compileLadder } from './ladder.ts';
import { didYouMean } from './mistakes.ts';
import type { Path, Source } from './source.ts';

/** desk/policy.yaml as the rules read it. `agents` are the ids of desk/team.yaml, undefined when that has mistakes. */
export const compilePolicy = (source: Source, file: PolicyFile, agents: ReadonlySet<string> | undefined): Policy => {
  const calendars = compileCalendars(source, file.calendars, file['holiday-years']);
  const checkCalendar = (path: Path, name: string): void => {
    if (name !== 'always' && !(name in calendars))
      source.wrong(path, `calendar "${name}" is not defined${didYouMean(name, ['always', ...Object.keys(calendars)])}`);
  };
  const targets = compileTargets(source, file, checkCalendar);
  const ladder: Rung[] = compileLadder(source, file.ladder);
  checkGroups(source, file.groups, agents);
  for (const [id, { hours }] of Object.entries(file.groups))
    if (hours !== undefined) checkCalendar(['groups', id, 'hours'], hours);
  checkCalendar(['remediation', 'calendar'], file.remediation.calendar);
  refuseDays(source, ['remediation', 'deadline'], file.remediation.deadline, file.remediation.calendar);
  if (minutes(file.survey['remind-after']) >= minutes(file.survey['link-lasts']))
    source.wrong(['survey', 'remind-after'], 'the reminder would come after the link has ended; remind earlier');

  return {
    version: String(file.version),
    calendars,
    targets,
    ladder,
    groups: Object.fromEntries(
      Object.entries(file.groups).map(([id, { tier, next, lead, manager, hours }]) => [
        id,
        { id, tier, ...(next === undefined ? {} : { next }), lead, manager, ...(hours === undefined ? {} : { hours }) },
      ]),
    ),
    triage: {
      matrix: file.triage.matrix,
      raiseFromUsers: file.triage['raise-from-users'],
      raiseTypes: file.triage['raise-types'],
      defaultImpact: file.triage['default-impact'],
      defaultUrgency: file.triage['default-urgency'],
      outageWords: file.triage['outage-words'],
      urgentWords: file.triage['urgent-words'],
      outage: {
        tickets: file.triage.outage.tickets,
        window: iso(file.triage.outage.window),
        quiet: iso(file.triage.outage.quiet),
        joins: file.triage.outage.joins,
      },
      languageConfidence: file.triage['language-confidence'],
      raiseUnhappy: file.triage['raise-unhappy'],
      classifier: file.triage.classifier,
      model: modelOf(file.triage.model),
    },
    routing: { whenAway: file.routing['when-away'] },
    pause: {
      whileWaitingForCustomer: file.pause['while-waiting-for-customer'],
      whileOnHold: file.pause['while-on-hold'],
    },
    silence: {
      remindAfter: iso(file.silence['remind-after']),
      closeAfter: iso(file.silence['close-after']),
      reviewHoldAfter: iso(file.silence['review-hold-after']),
    },
    reopenWithin: iso(file['reopen-within']),
    undoWithin: iso(file['undo-within']),
    mailLimits: {
      acknowledgementsAnHour: file['mail-limits']['acknowledgements-an-hour'],
      acknowledgementsADay: file['mail-limits']['acknowledgements-a-day'],
      newTicketsAnHour: file['mail-limits']['new-tickets-an-hour'],
      newTicketsADay: file['mail-limits']['new-tickets-a-day'],
      reopeningsADay: file['mail-limits']['reopenings-a-day'],
    },
    mailForwarders: file['mail-forwarders'],
    survey: {
      askAfter: iso(file.survey['ask-after']),
      remindAfter: iso(file.survey['remind-after']),
      linkLasts: iso(file.survey['link-lasts']),
      editableFor: iso(file.survey['editable-for']),
    },
    remediation: {
      deadline: iso(file.remediation.deadline),
      calendar: file.remediation.calendar,
      askAgainAfter: iso(file.remediation['ask-again-after']),
      answerWithin: iso(file.remediation['answer-within']),
      callAgainAfter: iso(file.remediation['call-again-after']),
      calls: file.remediation.calls,
    },
    resolveNeeds: file['resolve-needs'],
    resolveNeedsOf: file['resolve-needs-of'],
    knowledge: {
      offerFromScore: file.knowledge['offer-from-score'],
      offerAtMost: file.knowledge['offer-at-most'],
    },
    lookAgainAtLeast: iso(file['look-again-at-least']),
  };
};

/** The timeout of a model is the one duration of the desk that is counted in seconds. */
const modelOf = (model: PolicyFile['triage']['model']): Policy['triage']['model'] =>
  model.use === 'off' ? model : { ...model, timeout: `PT${model.timeout.toUpperCase()}` };

/** A day of opening hours has no fixed length, so such a promise is written in hours. */
const refuseDays = (source: Source, path: Path, duration: string | undefined, calendar: string): void => {
  if (duration?.includes('d') && calendar !== 'always')
    source.wrong(
      path,
      `"${duration}" counts opening hours of "${calendar}", where a day has no fixed length; write hours`,
    );
};

/** A row with a resolution per priority becomes one row per priority: `written` → `written-p2`, `written-p3` … */
const compileTargets = (
  source: Source,
  file: PolicyFile,
  checkCalendar: (path: Path, name: string) => void,
): Target[] => {
  const targets: Target[] = [];
  const taken = new Set<string>();
  const ids = new Set<string>();
  file.targets.forEach((row, index) => {
    const at = ['targets', index];
    checkCalendar([...at, 'calendar'], row.calendar);
    if (ids.has(row.id)) source.wrong([...at, 'id'], `there is another target "${row.id}"; name them apart`);
    ids.add(row.id);
    for (const name of ['first-reply', 'next-reply'] as const)
      refuseDays(source, [...at, name], row[name], row.calendar);
    const perPriority = typeof row.resolution === 'object' ? row.resolution : undefined;
    for (const [name, duration] of Object.entries(perPriority ?? { all: row.resolution }))
      refuseDays(
        source,
        [...at, 'resolution', ...(perPriority === undefined ? [] : [name])],
        String(duration ?? ''),
        row.calendar,
      );

    const free = (row.priorities ?? PRIORITIES).filter((priority) =>
      (row.channels ?? CHANNELS).some((channel) => !taken.has(`${channel} ${priority}`)),
    );
    if (free.length === 0)
      source.wrong([...at, 'id'], `target "${row.id}" is never reached: the rows above take all its tickets`);
    for (const priority of perPriority === undefined ? [] : PRIORITIES) {
      const stated = perPriority?.[priority] !== undefined;
      if (stated && !free.includes(priority))
        source.wrong([...at, 'resolution', priority], `${priority} never reaches target "${row.id}"; take it out`);
      if (!stated && free.includes(priority))
        source.wrong([...at, 'resolution'], `target "${row.id}" promises no resolution for ${priority}; add it`);
    }
    for (const channel of row.channels ?? CHANNELS)
      for (const priority of row.priorities ?? PRIORITIES) taken.add(`${channel} ${priority}`);

    const shared = {
      ...(row.channels === undefined ? {} : { channels: row.channels }),
      calendar: row.calendar,
      ...(row['first-reply'] === undefined ? {} : { firstReply: iso(row['first-reply']) }),
      ...(row['next-reply'] === undefined ? {} : { nextReply: iso(row['next-reply']) }),
    };
    if (perPriority === undefined) {
      const resolution = typeof row.resolution === 'string' ? { resolution: iso(row.resolution) } : {};
      targets.push({
        id: row.id,
        ...(row.priorities === undefined ? {} : { priorities: row.priorities }),
        ...shared,
        ...resolution,
      });
    } else {
      for (const priority of free) {
        const duration = perPriority[priority];
        if (duration !== undefined)
          targets.push({
            id: `${row.id}-${priority.toLowerCase()}`,
            priorities: [priority],
            ...shared,
            resolution: iso(duration),
          });
      }
    }
  });
  for (const channel of CHANNELS) {
    const missing = PRIORITIES.filter((priority) => !taken.has(`${channel} ${priority}`));
    if (missing.length > 0)
      source.wrong(['targets'], `nothing is promised for ${channel} tickets of ${missing.join(', ')}; add a row`);
  }
  return targets;
};
