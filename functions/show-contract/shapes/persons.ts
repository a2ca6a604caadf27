import * as z from 'zod/mini';
import { contactsShape } from '../../../adapters/dynamo/items/contacts.ts';
import { customerShape } from '../../../adapters/dynamo/items/customer.ts';
import { actor } from '../../../adapters/dynamo/items/event.ts';
import { feedbackShape } from '../../../adapters/dynamo/items/feedback.ts';
import { mailShape } from '../../../adapters/dynamo/items/mail.ts';
import { messageShape } from '../../../adapters/dynamo/items/message.ts';
import { npsAskShape } from '../../../adapters/dynamo/items/nps-ask.ts';
import { parkedShape } from '../../../adapters/dynamo/items/parked.ts';
import { count, instant, maybe, text } from '../../../adapters/dynamo/items/parts.ts';
import { privacyShape } from '../../../adapters/dynamo/items/privacy.ts';
import { surveyShape } from '../../../adapters/dynamo/items/survey.ts';
import { IDENTITY_KINDS } from '../../../domain/identity/identity.ts';
import { STEPS } from '../../../domain/privacy/request.ts';
import { event } from './event.ts';
import { fieldsOf, named, next, without } from './named.ts';
import { satisfaction, storedTicket, ticket } from './ticket.ts';

/** A person as agents see them: `personView`. */
const person = named(
  'Customer',
  z.object({
    id: text,
    name: maybe(text),
    locale: maybe(text),
    type: maybe(text),
    erased: maybe(z.literal(true)),
    identities: z.array(
      z.object({
        kind: z.enum(IDENTITY_KINDS),
        value: text,
        customer: text,
        proven: z.boolean(),
        since: maybe(instant),
      }),
    ),
  }),
  'A person, with every address, number and handle that is proven to be theirs.',
);

export const personSeen = z.object({
  customer: person,
  tickets: z.array(ticket),
  ratings: z.array(z.extend(satisfaction, { ticket: text })),
  next,
});

const [exported, erasure] = privacyShape.def.options;

const request = named(
  'PrivacyRequest',
  z.discriminatedUnion('kind', [
    z.extend(z.omit(exported, { version: true }), { by: actor }),
    z.extend(z.omit(erasure, { version: true, identities: true, place: true }), {
      by: actor,
      pass: maybe(z.union([z.literal(1), z.literal(2)])),
      step: maybe(z.enum(STEPS)),
    }),
  ]),
  'A person’s data was handed out, or is erased; `pass` and `step` say how far that has come.',
);

export const privacyRequest = z.object({ request });
export const privacyRequests = z.object({ requests: z.array(request), next });
export const erasureBegun = z.object({ request, links: z.object({ request: text }) });

/** A stored thing whose link ends, as it is read: the end is told as `expiresAt`. */
const linked = (variants: Parameters<typeof fieldsOf>[0]) => ({
  ...without(fieldsOf(variants), 'linkEndsAt'),
  expiresAt: maybe(instant),
});

const survey = named(
  'Survey',
  z.object({
    ...linked(surveyShape.def.options),
    status: z.enum(['skipped', 'asked', 'cancelled', 'answered']),
  }),
);

const npsAsk = z.object({
  ...linked(npsAskShape.def.options),
  status: z.enum(['skipped', 'asked', 'answered']),
  why: maybe(text),
});

const written = named(
  'HeldMessage',
  z.extend(z.omit(messageShape, { raw: true, whole: true }), {
    attachments: z.array(z.object({ name: text, type: text, bytes: count, file: text })),
    mail: maybe(text),
    wholeText: maybe(text),
  }),
  'A message with links to its files, to the mail as it came, and to a long text; they last an hour.',
);

/** Everything that is held of a person: the first page has it all but further tickets. */
export const personExport = z.object({
  careline: z.literal('person-export'),
  exportedAt: instant,
  customer: z.object({
    id: text,
    identities: z.array(z.omit(customerShape, { links: true, linkedTo: true })),
  }),
  wantsNoSurveys: maybe(z.boolean()),
  asked: maybe(contactsShape.shape.asks),
  askedToRecommend: maybe(z.array(npsAsk)),
  feedback: maybe(z.array(feedbackShape)),
  writtenOnTicketsOfOthers: maybe(z.array(written)),
  parkedMails: maybe(
    z.array(
      z.extend(z.omit(parkedShape, { raw: true, receipt: true, endsAt: true }), { expiresAt: instant, mail: text }),
    ),
  ),
  tickets: z.array(
    z.object({
      ticket: storedTicket,
      messages: z.array(written),
      events: z.array(event),
      surveys: z.array(survey),
      mails: z.array(mailShape),
    }),
  ),
  next,
});
