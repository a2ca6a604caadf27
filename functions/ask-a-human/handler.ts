import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import type { Tickets } from '../../domain/ports.ts';
import { askAHuman } from '../../domain/ticket/acts/ask-a-human.ts';
import type { TaskInput, TaskOutput } from '../../workflows/contracts.ts';
import { contextNow, houseRules, ledgerOf, type Rules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { taskHandler } from '../_shared/middleware.ts';
import { env } from './env.ts';

interface Deps extends Rules {
  tickets: Tickets;
}

/** A workflow met something nobody planned: a person has to look at its ticket. */
export const build =
  (deps: Deps) =>
  async ({ ticketId, machine, error }: TaskInput<'ask-a-human'>): Promise<TaskOutput<'ask-a-human'>> => {
    const ledger = await ledgerOf(deps.tickets, ticketId);
    await deps.tickets.record(askAHuman(ledger, { machine, error }, contextNow(deps)));
    return { outcome: 'marked' };
  };

export const handler = taskHandler('ask-a-human', () =>
  build({ ...houseRules(), tickets: ticketsIn(deskTable(readEnv(env).TABLE_NAME)) }),
);
