import type { ControlParts } from './contract.ts';
import { notFound } from './problem.ts';
import type { Routes } from './router.ts';

/** A machine by its whole name or by its noun: `escalation` is `careline-local-escalation`. */
const isCalled = (machine: string, asked: string): boolean => machine === asked || machine.endsWith(`-${asked}`);

/** Where each execution stands, and its history. */
export const executionRoutes = (parts: ControlParts): Routes => ({
  'GET executions': async ({ query }) => {
    const machine = query.get('machine');
    const all = await parts.executions();
    return { executions: machine === null ? all : all.filter((execution) => isCalled(execution.machine, machine)) };
  },
  'GET executions/{}': async ({ argument }) => {
    const found = await parts.execution(argument);
    if (!found) throw notFound(`There is no execution ${argument}`);
    return found;
  },
});
