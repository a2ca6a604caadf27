import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { textOptOutsIn } from '../../adapters/dynamo/text-opt-outs.ts';
import { plainNumber } from '../../domain/identity/plain-number.ts';
import type { ContactError } from '../../domain/pages/contact-form.ts';
import type { TextOptOuts } from '../../domain/ports.ts';
import { chooseContact } from '../../domain/ticket/acts/choose-contact.ts';
import { contextNow } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { mediaTypeOf } from '../_shared/http/body.ts';
import { json } from '../_shared/http/json-response.ts';
import { pageHandler, wantsPage } from '../_shared/http/page-handler.ts';
import { readForm } from '../_shared/http/read-form.ts';
import { readJson } from '../_shared/http/read-json.ts';
import {
  type LinkedTicket,
  type TicketLinkDeps,
  ticketLinkWith,
  ticketOfLink,
  ticketWords,
} from '../_shared/links/ticket-link.ts';
import { Problem } from '../_shared/problem.ts';
import { seeTicket } from '../_shared/ticket-page/see-ticket.ts';
import { ticketAnswer, ticketShown } from '../_shared/ticket-page/ticket-shown.ts';
import { untilStored } from '../_shared/until-stored.ts';
import { env } from './env.ts';
import { type ContactBody, contactBody } from './shape.ts';

export interface Deps extends TicketLinkDeps {
  textOptOuts: TextOptOuts;
}

type Event = APIGatewayProxyEventV2;

/** The customer agrees to text messages about their ticket, to a number they name, or wants mail again. */
export const build =
  (deps: Deps) =>
  async (event: Event): Promise<APIGatewayProxyStructuredResultV2> =>
    untilStored(async () => choose(event, await ticketOfLink(event, deps), read(event), deps));

const read = (event: Event): ContactBody & { form: boolean } => {
  if (mediaTypeOf(event) !== 'application/x-www-form-urlencoded')
    return { form: false, ...readJson(event, contactBody) };
  const { contactBy, phone = '' } = readForm(event);
  return { form: true, contactBy: contactBy === 'mail' ? 'mail' : 'sms', phone };
};

const choose = async (
  event: Event,
  linked: LinkedTicket,
  { form, contactBy, phone = '' }: ContactBody & { form: boolean },
  deps: Deps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const number = contactBy === 'sms' ? plainNumber(phone) : undefined;
  const error = contactBy === 'sms' ? await wrongWith(number, deps) : undefined;
  if (error !== undefined) return refused(event, linked, { phone, error }, deps);
  const change = chooseContact(linked.ledger, { number }, contextNow(deps));
  if (change) await deps.tickets.record(change);
  if (form) return seeTicket(linked.path, { sent: contactBy === 'sms' ? 'texts' : 'mail' }, deps.words);
  return json({ contactBy, ...(number !== undefined && { phone: number }) });
};

/** Whoever told a number to stop has to say from that number that it may begin again: nobody else can for them. */
const wrongWith = async (number: string | undefined, { textOptOuts }: Deps): Promise<ContactError | undefined> => {
  if (number === undefined) return 'number';
  return (await textOptOuts.has(number)) ? 'stopped' : undefined;
};

const MESSAGES: Record<ContactError, string> = {
  number: 'Write it with its country code, as +4930123456.',
  stopped: 'This number asked for no text messages: send START from it first.',
};

const refused = async (
  event: Event,
  linked: LinkedTicket,
  contact: { phone: string; error: ContactError },
  deps: Deps,
): Promise<APIGatewayProxyStructuredResultV2> => {
  if (!wantsPage(event))
    throw new Problem(422, 'This number takes no text messages.', {
      errors: [{ path: 'phone', message: MESSAGES[contact.error] }],
    });
  return ticketAnswer((await ticketShown(linked, { contact }, deps)).page, deps, 422);
};

export const handler = pageHandler(ticketWords, () => {
  const given = readEnv(env);
  return build({ ...ticketLinkWith(given), textOptOuts: textOptOutsIn(deskTable(given.TABLE_NAME)) });
});
