/** Nobody is there: said so in words, it holds whatever the code. */
const UNKNOWN =
  /user (?:is )?unknown|unknown (?:user|recipient|mailbox|address|local)|no such (?:user|recipient|mailbox|address|person|account)|(?:user|recipient|account|mailbox|address)(?: address)? (?:does not|doesn'?t|do not) exist|does(?: not|n'?t) (?:exist|have an? .{0,40}account)|(?:address|recipient|mailbox) (?:not found|unavailable|is disabled|disabled|is inactive)|invalid (?:recipient|mailbox|address|user)|(?:account|mailbox|user) (?:has been |is )?(?:disabled|deactivated|suspended|closed|inactive)|no mailbox here|not a (?:valid|known) (?:user|mailbox|recipient)|bad destination (?:mailbox|system) address|(?:domain|host) (?:not found|does not exist|or domain name not found)|unrouteable address|name or service not known|recipientnotfound/i;

/** The address is good and the mail was not: full, too large, blocked for what it holds or where it came from. */
const PASSING =
  /quota|mailbox (?:is )?(?:full|size)|over (?:the )?(?:limit|size)|too (?:large|big|many)|exceeds|spam|block(?:ed|list)|blacklist|black list|policy|reputation|greylist|gr[ae]y ?list|rate limit|throttl|try again|temporar|timed? ?out|virus|content|dmarc|\bspf\b|dkim|authenticat/i;

/** Statuses of class 5 that say nothing about the address (RFC 3463, 3). */
const NOT_THE_ADDRESS = /^5\.(?:2\.[23]|3\.[1-9]|4\.[2-9]|5\.\d|6\.\d|7\.\d)/;

/**
 * Whether a failure means that nothing will ever arrive at the address. `status`: enhanced status code, e.g. `5.1.1`;
 * `words`: what the other server said. In doubt it does not: a good address that is never written to again loses a customer.
 */
export const isPermanent = (status: string | undefined, words: string): boolean => {
  const code = status ?? /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(words)?.[1];
  if (code !== undefined && !code.startsWith('5')) return false;
  if (UNKNOWN.test(words)) return true;
  if (PASSING.test(words)) return false;
  if (code !== undefined) return !NOT_THE_ADDRESS.test(code);
  return /(?<!\d)55[013](?!\d)/.test(words);
};
