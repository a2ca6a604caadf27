import type { FeedbackChange } from '../../domain/feedback/feedback.ts';
import { type Answered, givenNote, spoken } from '../../domain/feedback/give.ts';
import type { SheetChange } from '../../domain/feedback/nps-ask.ts';
import type { CustomerRecord } from '../../domain/identity/identity.ts';
import { answerInWords } from '../../domain/pages/answer-words.ts';
import type { FeedbackPage } from '../../domain/pages/feedback-page.ts';
import type { SurveyDefinition } from '../../domain/survey/survey.ts';
import type { RequestRecord } from '../../domain/ticket/change.ts';
import type { Requester, TicketId } from '../../domain/ticket/ticket.ts';
import { contextNow, type Rules } from '../_shared/desk.ts';
import { type OpenDeps, openNewTicket } from '../_shared/tickets/open-new-ticket.ts';

export interface OpenForDeps extends Rules, OpenDeps {
  deskDomain: string;
}

export interface OpenedFor {
  definition: SurveyDefinition;
  answered: Answered;
  locale: FeedbackPage['locale'];
  customer: Requester;
  newcomer?: CustomerRecord;
  contacts?: SheetChange;
  request?: (ticketId: TicketId) => RequestRecord;
}

/** Opens a ticket for low feedback, in one transaction with it: what is said on it is put right from there. */
export const openFor = async (
  feedback: FeedbackChange,
  { definition, answered, locale, customer, contacts, ...rest }: OpenedFor,
  deps: OpenForDeps,
): Promise<TicketId> => {
  const { words } = locale;
  const opened = await openNewTicket(
    deps,
    {
      ...rest,
      subject: subjectOf(locale, feedback.after.text ?? answerInWords(definition, answered, locale)),
      text: spoken(definition, answered, locale, { yes: words['common.yes'], no: words['common.no'] }),
      channel: 'web',
      customer,
      report: {},
      attachments: [],
      deskDomain: deps.deskDomain,
      further: async (ticketId) => ({
        messages: [],
        notes: [givenNote(feedback.after, `customer:${customer.id}`)],
        mails: [],
        feedback: { ...feedback, after: { ...feedback.after, ticketId } },
        ...(contacts && { contacts }),
      }),
    },
    contextNow(deps),
  );
  return opened.id;
};

/** Letters of a subject that are the customer's own. */
const LONGEST_WORDS = 70;

/** `Feedback: It took three weeks.`: how their words begin, so that a mail about it reads as being about something. */
const subjectOf = ({ words }: FeedbackPage['locale'], said: string): string => {
  const [first = ''] = said.trim().split('\n');
  const letters = [...first];
  const short = letters.length > LONGEST_WORDS ? `${letters.slice(0, LONGEST_WORDS - 1).join('')}…` : first;
  return words['feedback.ticket-subject'].replace('{words}', () => short);
};
