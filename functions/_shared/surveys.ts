import sending from '#desk/sending.json' with { type: 'json' };
import surveys from '#desk/surveys.json' with { type: 'json' };
import team from '#desk/team.json' with { type: 'json' };
import { durationMs } from '../../domain/clock/duration.ts';
import { wayTo } from '../../domain/contact/way-to.ts';
import type { Policy } from '../../domain/policy.ts';
import type { OptOuts, Persons, Suppressions } from '../../domain/ports.ts';
import { type Instant, plus } from '../../domain/support/time.ts';
import { type Chosen, chooseSurvey, type ToAsk } from '../../domain/survey/choose.ts';
import type { Askable } from '../../domain/survey/eligibility.ts';
import { surveyName } from '../../domain/survey/issue.ts';
import type { AskKind, SurveyDefinition } from '../../domain/survey/survey.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';

/** The definitions of desk/surveys.yaml, by what they are asked for. */
export interface Surveys {
  /** The one that is sent for this purpose where nothing is known of whom it is sent to. */
  of(kind: AskKind): SurveyDefinition;
  /** The one that this person is sent, and whether they are left out by lot. */
  choose(about: ToAsk): Chosen;
  /** The one that was sent, e.g. `after-resolve@1`; undefined when the desk no longer has that version. */
  named(name: string): SurveyDefinition | undefined;
}

const surveysOf = (definitions: readonly SurveyDefinition[]): Surveys => ({
  of: (kind) => {
    const first = definitions.find((definition) => definition.kind === kind);
    if (!first) throw new Error(`desk/surveys.yaml has no survey of kind ${kind}.`);
    return first;
  },
  choose: (about) => chooseSurvey(sending, definitions, about),
  named: (name) => definitions.find((definition) => surveyName(definition) === name),
});

export const deskSurveys = (): Surveys => surveysOf(surveys);

/** What is known about whether a customer may be asked. */
export const askable = async (
  { suppressions, optOuts, persons }: { suppressions: Suppressions; optOuts: OptOuts; persons: Persons },
  ticket: Pick<Ticket, 'channel' | 'customer'>,
): Promise<Askable> => ({
  staff: team,
  suppressed: await isSuppressed(ticket, suppressions),
  optedOut: await optedOut(ticket, optOuts, persons),
});

/** Said by one identity, it is said for the person: nobody is asked by another way. */
const optedOut = async (
  { customer }: Pick<Ticket, 'customer'>,
  optOuts: OptOuts,
  persons: Persons,
): Promise<boolean> => {
  const person = await persons.person(customer.id);
  const said = await Promise.all((person?.members ?? [customer]).map(({ id }) => optOuts.has(id)));
  return said.includes(true);
};

/** Whether the mail address that this ticket is answered at takes no mail any more. */
export const isSuppressed = async (
  ticket: Pick<Ticket, 'channel' | 'customer'>,
  suppressions: Suppressions,
): Promise<boolean> => {
  const way = wayTo(ticket);
  return way !== undefined && 'email' in way && suppressions.has(way.email);
};

/** Until when a survey link opens its page: as long as it takes an answer, and the answer may be changed. */
export const surveyLinkEnds = ({ survey }: Policy, issuedAt: Instant): Instant =>
  plus(issuedAt, durationMs(survey.linkLasts) + durationMs(survey.editableFor));
