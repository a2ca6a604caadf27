import type { PlacedTicket } from '../ticket/ticket.ts';

/** Category and product: who is skilled in one of them goes before who is not. */
export const skillsFor = ({ category, product }: Pick<PlacedTicket, 'category' | 'product'>): string[] => [
  category,
  ...(product === undefined ? [] : [product]),
];

/** What an agent has to read and write: the language of the text, else of the customer; none when nobody here writes it. */
export const languageFor = ({
  language,
  customer,
}: Pick<PlacedTicket, 'language' | 'customer'>): { locale?: string } => {
  if (language === 'other') return {};
  return { locale: language ?? customer.locale };
};

/** What routing has to know of a ticket that has its place already. */
export const wantedFor = (ticket: PlacedTicket): { locale?: string; skills: string[] } => ({
  ...languageFor(ticket),
  skills: skillsFor(ticket),
});
