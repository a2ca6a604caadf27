import { contactsIn } from '../../adapters/dynamo/contacts.ts';
import { optOutsIn } from '../../adapters/dynamo/opt-outs.ts';
import { personsIn } from '../../adapters/dynamo/persons.ts';
import { suppressionsIn } from '../../adapters/dynamo/suppressions.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Tickets } from '../../domain/ports.ts';
import { houseRules, type Rules } from './desk.ts';
import { type Links, linksIn } from './links/links.ts';
import { type AskableDeps, deskSurveys, type Surveys } from './surveys.ts';

/** What every task needs that asks a customer something. */
export interface Asking extends Rules, AskableDeps {
  tickets: Tickets;
  links: Links;
  surveys: Surveys;
}

export const askingWith = (env: { TABLE_NAME: string } & Parameters<typeof linksIn>[0]): Asking => {
  const table = deskTable(env.TABLE_NAME);
  return {
    ...houseRules(),
    tickets: ticketsIn(table),
    suppressions: suppressionsIn(table),
    optOuts: optOutsIn(table),
    persons: personsIn(table),
    contacts: contactsIn(table),
    deskAddress: env.DESK_ADDRESS,
    links: linksIn(env),
    surveys: deskSurveys(),
  };
};
