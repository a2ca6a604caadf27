import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { comparableAddress } from '../../../domain/contact/mail-address.ts';
import type { Cap, Caps } from '../../../domain/ports.ts';
import { HOUR, millis, plus, SECOND } from '../../../domain/support/time.ts';
import type { Rules } from '../desk.ts';
import { Problem } from '../problem.ts';

export type LimitDeps = Pick<Rules, 'clock' | 'policy'> & { caps: Pick<Caps, 'take'> };

/** Throws 429 when one mail address has opened enough tickets by the web within the hour: each is acknowledged to it. */
export const refuseMoreTickets = (email: string, deps: LimitDeps): Promise<void> =>
  refuseMore('web-tickets', comparableAddress(email), deps.policy.webLimits.newTicketsAnHour, deps);

/** Throws 429 when enough forms were posted from one network within the hour. */
export const refuseMoreForms = (event: Sent, deps: LimitDeps): Promise<void> =>
  refuseMore('forms', networkOf(event), deps.policy.webLimits.formsAnHour, deps);

/** Throws 429 when enough files were announced from one network within the hour. */
export const refuseMoreUploads = (event: Sent, deps: LimitDeps): Promise<void> =>
  refuseMore('uploads', networkOf(event), deps.policy.webLimits.uploadsAnHour, deps);

type Sent = Pick<APIGatewayProxyEventV2, 'requestContext'>;

const refuseMore = async (cause: Cap['cause'], who: string, most: number, { caps, clock }: LimitDeps) => {
  const now = clock.now();
  const window = now.slice(0, 13);
  if (await caps.take({ cause, who, window, most, endsAt: plus(now, HOUR) })) return;
  const wait = Math.ceil((millis(plus(`${window}:00:00.000Z`, HOUR)) - millis(now)) / SECOND);
  throw new Problem(429, 'Too much has come from here: try again later.', { headers: { 'retry-after': `${wait}` } });
};

/** Who has one address of version 6 has at least the 2^64 that share its first half. */
const networkOf = ({ requestContext }: Sent): string => {
  const { sourceIp } = requestContext.http;
  if (!sourceIp.includes(':') || sourceIp.includes('.')) return sourceIp;
  const [head = '', tail] = sourceIp.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
};
