import { notToOf } from '../remediation/marks.ts';
import type { AgentId, PlacedTicket } from '../ticket/ticket.ts';

/** Category and product: who is skilled in one of them goes before who is not. */
const skillsFor = ({ category, product }: Pick<PlacedTicket, 'category' | 'product'>): string[] => [
  category,
  ...(product === undefined ? [] : [product]),
];

/** What an agent has to read and write: the language of the text, else of the customer; none when nobody here writes it. */
const languageFor = ({ language, customer }: Pick<PlacedTicket, 'language' | 'customer'>): { locale?: string } => {
  if (language === 'other') return {};
  return { locale: language ?? customer.locale };
};

/** What routing has to know of a ticket that has its place already: also whose answer a customer rated badly. */
export const wantedFor = (ticket: PlacedTicket): { locale?: string; skills: string[]; except?: AgentId[] } => {
  const except = notToOf(ticket);
  return { ...languageFor(ticket), skills: skillsFor(ticket), ...(except.length === 0 ? {} : { except }) };
};
