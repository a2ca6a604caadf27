/** The bare address in `Name <a@b>` or `a@b`; lower-case, as addresses are compared here. */
export const bare = (text: string): string => (/<([^<>]*)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/**
 * Whether an identity covers an address: the address itself, its domain, or a domain above it (SES Developer Guide,
 * "Verified identities": a domain covers its subdomains).
 */
export const covers = (identity: string, address: string): boolean => {
  const wanted = identity.toLowerCase();
  if (wanted.includes('@')) return wanted === address;
  const domain = domainOf(address);
  return domain === wanted || domain.endsWith(`.${wanted}`);
};

/**
 * Whether a recipient condition of a receipt rule fits: an address (with or without a label), a domain, or `.domain` for
 * its subdomains only (SES Developer Guide, "Creating receipt rules").
 */
export const fitsCondition = (condition: string, address: string): boolean => {
  const wanted = condition.toLowerCase();
  if (wanted.startsWith('.')) return domainOf(address).endsWith(wanted);
  if (!wanted.includes('@')) return domainOf(address) === wanted;
  return address === wanted || address.replace(/\+[^@]*@/, '@') === wanted;
};
