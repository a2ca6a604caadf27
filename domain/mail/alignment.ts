import { domainOfAddress } from '../contact/mail-address.ts';

/**
 * Whether SPF of the envelope sender says anything of the author: both are of one domain, or one domain stands under the
 * other (RFC 7489, 3.1, without the list of public suffixes: two customers under one suffix are never taken for one).
 */
export const isAligned = (envelope: string, author: string): boolean => {
  const [sender, from] = [domainOfAddress(envelope), domainOfAddress(author)];
  if (!sender.includes('.') || !from.includes('.')) return false;
  return sender === from || sender.endsWith(`.${from}`) || from.endsWith(`.${sender}`);
};
