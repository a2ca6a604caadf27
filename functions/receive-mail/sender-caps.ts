import { comparableAddress } from '../../domain/contact/mail-address.ts';
import type { Cap, Caps } from '../../domain/ports.ts';
import { DAY, HOUR, plus } from '../../domain/support/time.ts';
import type { Rules } from '../_shared/desk.ts';
import type { Received } from './keep-mail.ts';

type Deps = Rules & { caps: Caps };

/** Whether the sender may open one more ticket now. */
export const mayOpen = (received: Received, deps: Deps): Promise<boolean> => {
  const { newTicketsAnHour, newTicketsADay } = deps.policy.mailLimits;
  return isWithin('tickets', { anHour: newTicketsAnHour, aDay: newTicketsADay }, received, deps);
};

/** Whether one more ticket of the sender is acknowledged: a robot would answer that with the next. */
export const mayBeAcknowledged = (received: Received, deps: Deps): Promise<boolean> => {
  const { acknowledgementsAnHour, acknowledgementsADay } = deps.policy.mailLimits;
  return isWithin('acknowledgements', { anHour: acknowledgementsAnHour, aDay: acknowledgementsADay }, received, deps);
};

const isWithin = async (
  cause: Cap['cause'],
  { anHour, aDay }: { anHour: number; aDay: number },
  { mail, id }: Received,
  { caps, clock }: Deps,
): Promise<boolean> => {
  const now = clock.now();
  const who = comparableAddress(mail.from.email);
  const hour = { cause, who, window: now.slice(0, 13), most: anHour, endsAt: plus(now, HOUR) };
  const day = { cause, who, window: now.slice(0, 10), most: aDay, endsAt: plus(now, DAY) };
  return (await caps.within(hour, id)) && (await caps.within(day, id));
};
