import sending from '#desk/sending.json' with { type: 'json' };
import surveys from '#desk/surveys.json' with { type: 'json' };
import team from '#desk/team.json' with { type: 'json' };
import { durationMs } from '../../domain/clock/duration.ts';
import { wayTo } from '../../domain/contact/way-to.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Contacts, OptOuts, Persons, Suppressions } from '../../domain/ports.ts';
import { type Instant, plus } from '../../domain/support/time.ts';
import { type Chosen, chooseSurvey, type Sending, type ToAsk } from '../../domain/survey/choose.ts';
import type { Askable } from '../../domain/survey/eligibility.ts';
import { surveyName } from '../../domain/survey/issue.ts';
import type { AskKind, SurveyDefinition } from '../../domain/survey/survey.ts';
import type { SurveyKind } from '../../domain/ticket/event.ts';
import { isPlaced, type Ticket } from '../../domain/ticket/ticket.ts';

/** The definitions of desk/surveys.yaml, by what they are asked for. */
export interface Surveys {
  /** The one that is sent for this purpose where nothing is known of whom it is sent to. */
  of(kind: AskKind): SurveyDefinition;
  /** The one that this person is sent, and whether they are left out by lot. */
  choose(about: ToAsk): Chosen;
  /** The one that was sent, e.g. `after-resolve@1`; undefined when the desk no longer has that version. */
  named(name: string): SurveyDefinition | undefined;
}

/** @param definitions the present ones before those of earlier versions */
export const surveysOf = (definitions: readonly SurveyDefinition[], sending: Sending): Surveys => ({
  of: (kind) => {
    const first = definitions.find((definition) => definition.kind === kind);
    if (!first) throw new Error(`desk/surveys.yaml has no survey of kind ${kind}.`);
    return first;
  },
  choose: (about) => chooseSurvey(sending, definitions, about),
  named: (name) => definitions.find((definition) => surveyName(definition) === name),
});

export const deskSurveys = (): Surveys => surveysOf(surveys, sending);

/** What a survey about a cycle of a ticket is chosen by. */
export const aboutTicket = (kind: SurveyKind, ticket: Ticket, { contacts }: Askable, cycle: number): ToAsk => ({
  kind,
  channel: ticket.channel,
  ...(isPlaced(ticket) && { category: ticket.category }),
  customerType: ticket.customer.type,
  customerId: contacts.customerId,
  ticketId: ticket.id,
  cycle,
});

/** What has to be looked up before somebody is asked. */
export interface AskableDeps {
  suppressions: Suppressions;
  optOuts: OptOuts;
  persons: Persons;
  contacts: Contacts;
  deskAddress: string;
}

/**
 * What is known about whether a customer may be asked. What one identity said or was asked counts for the person: nobody
 * is asked by another way.
 */
export const askable = async (
  { suppressions, optOuts, persons, contacts, deskAddress }: AskableDeps,
  ticket: Pick<Ticket, 'channel' | 'customer'>,
): Promise<Askable> => {
  const { customer } = ticket;
  const [person, suppressed, sheet] = await Promise.all([
    persons.person(customer.id),
    isSuppressed(ticket, suppressions),
    contacts.sheetOf(customer.id),
  ]);
  const members = person?.members ?? [customer];
  const said = await Promise.all(members.map(({ id }) => optOuts.has(id)));
  return {
    staff: team,
    deskAddress,
    alsoKnownAs: members,
    suppressed,
    optedOut: said.includes(true),
    contacts: sheet,
  };
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
