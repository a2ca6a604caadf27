/** What becomes of a mail at one recipient. */
export type Fate = 'deliver' | 'bounce' | 'complain' | 'suppressed' | 'out-of-office' | 'reject';

/** The mailbox simulator (SES Developer Guide, "Using the mailbox simulator"); labels after `+` are allowed. */
const SIMULATOR: Record<string, Fate> = {
  success: 'deliver',
  bounce: 'bounce',
  complaint: 'complain',
  ooto: 'out-of-office',
  suppressionlist: 'suppressed',
};

const FATES: readonly string[] = [
  'deliver',
  'bounce',
  'complain',
  'suppressed',
  'out-of-office',
  'reject',
] satisfies Fate[];

const isFate = (text: string | undefined): text is Fate => text !== undefined && FATES.includes(text);

/** A fate set by hand goes before the simulator's; everybody else gets the mail. */
export const fateOf = (address: string, setByHand: string | undefined): Fate => {
  if (isFate(setByHand)) return setByHand;
  const [, name = ''] = /^([^+@]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/.exec(address.toLowerCase()) ?? [];
  return SIMULATOR[name] ?? 'deliver';
};
