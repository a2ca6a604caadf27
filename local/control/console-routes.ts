import { drawMachine } from '../console/graph.ts';
import { deskAddressOf } from '../template/desk-address.ts';
import type { ControlParts } from './contract.ts';
import { notFound } from './problem.ts';
import type { Routes } from './router.ts';

/** What the console page needs beside the control API: the desk's own address, and the picture of an execution's machine. */
export const consoleRoutes = (parts: ControlParts): Routes => ({
  'GET desk': async () => ({ mailAddress: deskAddressOf(parts.deployment) }),
  'GET executions/{}/graph': async ({ argument }) => {
    const found = parts.execution(argument);
    if (!found) throw notFound(`There is no execution ${argument}`);
    return drawMachine(found.definition);
  },
});
