import { expect } from 'vitest';
import { acts } from '../../functions/desk-api/acts.ts';
import { build as rateReply } from '../../functions/rate-reply/handler.ts';
import { build as receiveAnswer } from '../../functions/receive-answer/handler.ts';
import { build as reopenTicket } from '../../functions/reopen-ticket/handler.ts';
import { build as showTicket } from '../../functions/show-ticket/handler.ts';
import { act } from './acting.ts';
import { aDesk, anOpenTicket, aRequest } from './support.ts';

/** A desk as the page's functions see it. */
export const aPageDesk = () => ({
  ...aDesk(),
  agents: new Map([['ada', 'Ada Brandt']]),
});

export type PageDesk = ReturnType<typeof aPageDesk>;

export const tokenOf = async (desk: PageDesk, id: string): Promise<string> => {
  const ticket = desk.memory.tickets.get(id) ?? expect.fail(`no ticket ${id}`);
  return (await desk.links.ticket(ticket, ticket.createdAt)).split('/t/')[1] ?? '';
};

/** An open ticket that Ada answered, the token of its link, and the id of her reply. */
export const answered = async (over: { then?: 'pending' | 'resolved' } = {}) => {
  const desk = aPageDesk();
  const id = await anOpenTicket({ ...desk, agents: aDesk().agents });
  await reply(desk, id, over);
  const message = desk.memory.messages.find(({ direction }) => direction === 'out')?.id ?? '';
  return { desk, id, message, token: await tokenOf(desk, id) };
};
export const reply = (desk: PageDesk, id: string, over: object = {}) =>
  act({ ...desk, agents: aDesk().agents }, acts.replies, id, { body: 'Try https://help.example.com now.', ...over });

export const HTML = { accept: 'text/html' };
export const JSON_ONLY = { accept: 'application/json' };
export const get = (
  desk: PageDesk,
  token: string,
  query?: Record<string, string>,
  headers: Record<string, string> = HTML,
) => showTicket(desk)(aRequest({ path: { token }, headers, ...(query && { query }) }));
export const formOf = (fields: Record<string, string> | Array<[string, string]>) => ({
  raw: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...HTML },
});
export const write = (desk: PageDesk, token: string, fields: Record<string, string>) =>
  receiveAnswer(desk)(aRequest({ path: { token }, ...formOf(fields) }));
export const send = (desk: PageDesk, token: string, body: unknown, headers: Record<string, string> = {}) =>
  receiveAnswer(desk)(aRequest({ path: { token }, body, headers }));
export const reopen = (desk: PageDesk, token: string, fields: Record<string, string> = {}) =>
  reopenTicket(desk)(aRequest({ path: { token }, ...formOf(fields) }));
export const rate = (desk: PageDesk, token: string, body: unknown) =>
  rateReply(desk)(aRequest({ path: { token }, body }));
export const rateForm = (desk: PageDesk, token: string, fields: Record<string, string>) =>
  rateReply(desk)(aRequest({ path: { token }, ...formOf(fields) }));

export const incoming = (desk: PageDesk, id: string) =>
  desk.memory.messages.filter(({ ticketId, direction }) => ticketId === id && direction === 'in');
export const ratings = (desk: PageDesk) => desk.memory.events.filter(({ type }) => type === 'reply-rated');
