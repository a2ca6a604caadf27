import { actOnTicket } from '../../functions/desk-api/act-on-ticket.ts';
import { type Act, acts } from '../../functions/desk-api/acts.ts';
import { joiningActs } from '../../functions/desk-api/joining-acts.ts';
import { aRequest, type Desk, held } from './support.ts';

export const ada = { id: 'ada', name: 'Ada Brandt', groups: ['frontline'], leads: false };

const names = new Map<object, string>(Object.entries({ ...acts, ...joiningActs }).map(([name, act]) => [act, name]));

/** Ada does something to a ticket. */
export const act = <T extends { version?: number }>(desk: Desk, what: Act<T>, id: string, body?: object) =>
  held(
    `POST /desk/tickets/{id}/${names.get(what)}`,
    actOnTicket(what)(aRequest({ path: { id }, ...(body && { body }) }), ada, desk),
  );
