import type { Channel, Requester } from '../ticket/ticket.ts';
import type { Nature } from './checklist.ts';

export interface ChannelAdvice {
  /** `call` is by telephone or video. */
  by: 'call' | 'chat' | 'mail';
  rule: 'channel.chosen' | 'channel.complex' | 'channel.back-and-forth' | 'channel.simple';
  /** In words an agent can read. */
  reason: string;
}

/** From this many messages of the customer on, writing does not settle it. */
const TOO_MANY_MESSAGES = 4;

/**
 * How best to talk about it: a complex technical matter by telephone or video, a simple one in writing. What
 * the customer chose counts more: one who called is called, and a simple matter stays in the chat it came by.
 */
export const adviseChannel = ({
  nature,
  channel,
  customer,
  messages,
}: {
  nature: Nature;
  channel: Channel;
  customer: Pick<Requester, 'phone'>;
  /** How many messages the customer has written. */
  messages: number;
}): ChannelAdvice => {
  const reach = customer.phone === undefined ? ' No number is known: ask for one, and for a time that suits.' : '';
  if (channel === 'phone')
    return { by: 'call', rule: 'channel.chosen', reason: `The customer chose the telephone.${reach}` };
  if (nature === 'complex')
    return {
      by: 'call',
      rule: 'channel.complex',
      reason: `A complex technical matter is settled sooner in a call, with the screen shared.${reach}`,
    };
  if (messages >= TOO_MANY_MESSAGES)
    return {
      by: 'call',
      rule: 'channel.back-and-forth',
      reason: `The customer has written ${messages} times: a call ends the back and forth.${reach}`,
    };
  return channel === 'chat'
    ? { by: 'chat', rule: 'channel.simple', reason: 'A simple matter, and the customer is in the chat.' }
    : {
        by: 'mail',
        rule: 'channel.simple',
        reason: 'A simple matter: an answer in writing is enough, and can be kept.',
      };
};
