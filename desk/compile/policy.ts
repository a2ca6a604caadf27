import type { Policy, Rung } from '../../domain/policy.ts';
import type { PolicyFile } from '../schema.ts';
import { compileCalendars } from './calendars.ts';
import { asCompared, compileAskingHours, compileAsks } from './contact.ts';
import { iso, minutes } from './duration.ts';
import { checkGroups } from './groups.ts';
import { compileLadder } from './ladder.ts';
import { didYouMean } from './mistakes.ts';
import { compileRemediation } from './remediation.ts';
import type { Source } from './source.ts';
import { checkCalendar, compileTargets } from './targets.ts';
import { refuseTooLong } from './too-long.ts';

/** In minutes: who wrote longer ago is not looked for. */
const MOST_READ_BACK = 92 * 24 * 60;

/** desk/policy.yaml as the rules read it. `agents` are the ids of desk/team.yaml, undefined when that has mistakes. */
export const compilePolicy = (source: Source, file: PolicyFile, agents: ReadonlySet<string> | undefined): Policy => {
  const calendars = compileCalendars(source, file.calendars, file['holiday-years']);
  const names = Object.keys(calendars);
  const targets = compileTargets(source, file.targets, { calendars: names, groups: Object.keys(file.groups) });
  const ladder: Rung[] = compileLadder(source, file.ladder, targets);
  refuseTooLong(source, file, calendars);
  checkGroups(source, file.groups, agents);
  for (const [id, { hours }] of Object.entries(file.groups))
    if (hours !== undefined) checkCalendar(source, ['groups', id, 'hours'], hours, names);
  if (file.groups[file.feedback.group] === undefined)
    source.wrong(
      ['feedback', 'group'],
      `group "${file.feedback.group}" is not defined${didYouMean(file.feedback.group, Object.keys(file.groups))}`,
    );
  if (minutes(file.nps.every) <= minutes(file.survey['link-lasts']))
    source.wrong(
      ['nps', 'every'],
      'they would be asked again while the link of the last time still works; ask less often',
    );
  if (minutes(file.nps['written-within']) > MOST_READ_BACK)
    source.wrong(['nps', 'written-within'], 'every look reads all that happened since; write at most 92d');
  if (minutes(file.survey['remind-after']) >= minutes(file.survey['link-lasts']))
    source.wrong(['survey', 'remind-after'], 'the reminder would come after the link has ended; remind earlier');

  return {
    version: String(file.version),
    applyToOpenTickets: file['apply-to-open-tickets'],
    past: {},
    calendars,
    targets,
    ladder,
    acknowledgedRests: iso(file['acknowledged-rests']),
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
    silence: compileSilence(file.silence),
    tellCustomerWhenLate: file['tell-customer-when-late'],
    renewedPromise: shareOf(file['renewed-promise']),
    lateMailsApart: iso(file['late-mails-apart']),
    thanksOnly: { recognise: file['thanks-only'].recognise, mostWords: file['thanks-only']['most-words'] },
    reopenWithin: iso(file['reopen-within']),
    undoWithin: iso(file['undo-within']),
    mailLimits: {
      acknowledgementsAnHour: file['mail-limits']['acknowledgements-an-hour'],
      acknowledgementsADay: file['mail-limits']['acknowledgements-a-day'],
      newTicketsAnHour: file['mail-limits']['new-tickets-an-hour'],
      newTicketsADay: file['mail-limits']['new-tickets-a-day'],
      reopeningsADay: file['mail-limits']['reopenings-a-day'],
    },
    webLimits: {
      newTicketsAnHour: file['web-limits']['new-tickets-an-hour'],
      formsAnHour: file['web-limits']['forms-an-hour'],
      uploadsAnHour: file['web-limits']['uploads-an-hour'],
    },
    mailForwarders: file['mail-forwarders'],
    survey: {
      askAfter: iso(file.survey['ask-after']),
      remindAfter: iso(file.survey['remind-after']),
      linkLasts: iso(file.survey['link-lasts']),
      editableFor: iso(file.survey['editable-for']),
      credit: file.survey.credit,
      scannersOpenWithin: secondsOf(file.survey['scanners-open-within']),
      ...compileAskingHours(source, file.survey, calendars),
      neverAsk: file.survey['never-ask'].map(asCompared),
    },
    feedback: {
      group: file.feedback.group,
      tell: file.feedback.tell,
      noticesAnHour: file.feedback['notices-an-hour'],
    },
    nps: { every: iso(file.nps.every), writtenWithin: iso(file.nps['written-within']) },
    contact: { asks: compileAsks(source, file.contact) },
    remediation: compileRemediation(source, file.remediation, names),
    resolveNeeds: file['resolve-needs'],
    resolveNeedsOf: file['resolve-needs-of'],
    knowledge: {
      offerFromScore: file.knowledge['offer-from-score'],
      offerAtMost: file.knowledge['offer-at-most'],
    },
    reports: {
      urgentInTime: Number(file.reports['urgent-in-time'].slice(0, -1)) / 100,
      stillResolvedAfter: iso(file.reports['still-resolved-after']),
      smallBelow: file.reports['small-below'],
      satisfied: Number(file.reports.satisfied.slice(0, -1)) / 100,
      ratingsVisible: file.reports['ratings-visible'],
    },
    lookAgainAtLeast: iso(file['look-again-at-least']),
  };
};

/** What machines do is counted in seconds, what people do in minutes and more. */
const secondsOf = (seconds: string): string => `PT${seconds.toUpperCase()}`;

const modelOf = (model: PolicyFile['triage']['model']): Policy['triage']['model'] =>
  model.use === 'off' ? model : { ...model, timeout: secondsOf(model.timeout) };

export const compileSilence = (silence: PolicyFile['silence']): Policy['silence'] => ({
  remindAfter: iso(silence['remind-after']),
  closeAfter: iso(silence['close-after']),
  reviewHoldAfter: iso(silence['review-hold-after']),
  reminders: silence.reminders,
});

const shareOf = (percent: string): number => Number(percent.slice(0, -1)) / 100;
