/** `support@desk.example.com` → `desk.example.com`: the domain of the desk's own Message-IDs. */
export const domainOf = (deskAddress: string): string => deskAddress.slice(deskAddress.lastIndexOf('@') + 1);

/** The desk's address, or one of the signed addresses to which answers go: `desk+t-7k2m9q.…@example.com`. */
export const isOfDesk = (email: string, deskAddress: string): boolean => {
  const [address, desk] = [email.toLowerCase(), deskAddress.toLowerCase()];
  const at = desk.lastIndexOf('@');
  return address === desk || (address.startsWith(`${desk.slice(0, at)}+`) && address.endsWith(desk.slice(at)));
};
