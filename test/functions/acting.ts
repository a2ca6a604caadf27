import { actOnTicket } from '../../functions/desk-api/act-on-ticket.ts';
import type { Act } from '../../functions/desk-api/acts.ts';
import { aRequest, type Desk } from './support.ts';

export const ada = { id: 'ada', name: 'Ada Brandt', groups: ['frontline'], leads: false };

/** Ada does something to a ticket. */
export const act = <T extends { version?: number }>(desk: Desk, what: Act<T>, id: string, body?: object) =>
  actOnTicket(what)(aRequest({ path: { id }, ...(body && { body }) }), ada, desk);
