import type { Tickets } from '../../domain/ports.ts';
import type { Item } from './item.ts';
import { readSurvey } from './items/survey.ts';
import { readTicket } from './items/ticket.ts';
import { surveyKey, ticketKey } from './keys.ts';
import { getItem } from './read.ts';
import type { Table } from './table.ts';

/**
 * Reads a ticket and its surveys, nothing else. Kept apart from `ticketsIn`, so that the page of a survey, which
 * somebody waits for, does not load the shapes of every kind of event.
 */
export const askedTicketsIn = (table: Table): Pick<Tickets, 'ticket' | 'survey'> => ({
  ticket: async (id) => readFound(await getItem(table, ticketKey(id)), readTicket),
  survey: async (id, cycle, kind) => readFound(await getItem(table, surveyKey(id, cycle, kind)), readSurvey),
});

/** `undefined` means absent. */
export const readFound = <T>(found: Item | undefined, as: (item: Item) => T): T | undefined => found && as(found);
