import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { ParkedMail } from '../../domain/mail/parked.ts';
import { json } from '../_shared/http/json-response.ts';
import { pageAt } from '../_shared/http/page-asked.ts';
import { readQuery } from '../_shared/http/read-query.ts';
import type { Who } from '../_shared/who.ts';
import type { Deps } from './deps.ts';

export const parkedQuery = z.strictObject({
  limit: z._default(z.coerce.number().check(z.int(), z.gte(1), z.lte(100)), 50),
  next: pageAt('[0-9a-f]{64}'),
});

/** Mails that made no ticket, newest first, each with its reason. */
export const parkedMails = async (event: APIGatewayProxyEventV2, _: Who, { parked, clock }: Deps) => {
  const page = readQuery(event, parkedQuery);
  const { parked: mails, ...rest } = await parked.list(page, clock.now());
  return json({ parked: mails.map(parkedView), ...rest });
};

const parkedView = ({ raw, receipt, ...shown }: ParkedMail) => ({ ...shown, to: receipt.recipients });
