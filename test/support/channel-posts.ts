import { createHmac } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { ChannelDeps } from '../../functions/_shared/channels/channel-deps.ts';
import { aDesk, aRequest } from '../functions/support.ts';

export const SECRET = 'a-channel-secret-of-more-than-32-characters';

/** A desk that channels post to. */
export const aChannelDesk = () => {
  const desk = aDesk();
  const secrets = [SECRET];
  const asked: boolean[] = [];
  const secret: ChannelDeps['secret'] = {
    all: async (_now, fresh = false) => {
      asked.push(fresh);
      return [...secrets];
    },
  };
  return { ...desk, secret, secrets, asked };
};
export type ChannelDesk = ReturnType<typeof aChannelDesk>;

/** The signature as the contract writes it, made here from nothing of the desk's own. */
export const signature = (body: string, timestamp: string, key = SECRET): string =>
  `v1=${createHmac('sha256', key).update(`${timestamp}.${body}`, 'utf8').digest('hex')}`;

export const secondsOf = (at: string, later = 0): string => String(Math.floor(Date.parse(at) / 1000) + later);

/** A post as a channel sends it. */
export const aPost = (
  desk: ChannelDesk,
  body: unknown,
  over: { key?: string; later?: number; headers?: Record<string, string>; raw?: string } = {},
): APIGatewayProxyEventV2 => {
  const raw = over.raw ?? JSON.stringify(body);
  const timestamp = secondsOf(desk.clock.at, over.later);
  const headers = {
    'content-type': 'application/json',
    'x-careline-timestamp': timestamp,
    'x-careline-signature': signature(raw, timestamp, over.key),
    ...over.headers,
  };
  return aRequest({ raw, headers });
};
