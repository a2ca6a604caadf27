import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { ParkedMail } from '../../domain/mail/parked.ts';
import { json } from '../_shared/http/json-response.ts';
import { readQuery } from '../_shared/http/read-query.ts';
import { Problem } from '../_shared/problem.ts';
import type { Who } from '../_shared/who.ts';
import type { Deps } from './deps.ts';

export const parkedQuery = z.strictObject({
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 50),
  next: z.exactOptional(z.string().check(z.maxLength(200))),
});

/** Mails that made no ticket, newest first, each with its reason. */
export const parkedMails = async (event: APIGatewayProxyEventV2, _: Who, { parked, clock }: Deps) => {
  const page = readQuery(event, parkedQuery);
  if (page.next !== undefined && !/^\d{4}-\d\d-\d\dT[\d:.]+Z#[0-9a-f]{64}$/.test(page.next))
    throw new Problem(422, 'This is not a page.', {
      errors: [{ path: 'next', message: 'Is not a page of this list.' }],
    });
  const { parked: mails, ...rest } = await parked.list(page, clock.now());
  return json({ parked: mails.map(parkedView), ...rest });
};

const parkedView = ({ raw, receipt, ...shown }: ParkedMail) => ({ ...shown, to: receipt.recipients });
