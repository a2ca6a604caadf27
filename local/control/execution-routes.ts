import type { ControlParts } from './contract.ts';
import { notFound } from './problem.ts';
import type { Routes } from './router.ts';

/** Where each execution stands, and its history. */
export const executionRoutes = (parts: ControlParts): Routes => ({
  'GET executions': async ({ query }) => {
    const machine = query.get('machine');
    return { executions: parts.executions(machine === null ? {} : { machine }) };
  },
  'GET executions/{}': async ({ argument }) => {
    const found = parts.execution(argument);
    if (!found) throw notFound(`There is no execution ${argument}`);
    return found;
  },
});
