import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { accountRoutes } from './account-routes.ts';
import { clockRoutes } from './clock-routes.ts';
import { serveConsole } from './console-files.ts';
import { consoleRoutes } from './console-routes.ts';
import type { ControlParts } from './contract.ts';
import { executionRoutes } from './execution-routes.ts';
import { mailRoutes } from './mail-routes.ts';
import { meterRoutes } from './meter-routes.ts';
import { type Routes, route } from './router.ts';

/** Answers a request below `/_local/`; false if it is not for the control API. */
export type Control = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

const CONSOLE_FOLDER = fileURLToPath(new URL('../console', import.meta.url));

/** The control API and the console page, mounted by the HTTP server under `/_local/`. */
export const createControl = (parts: ControlParts, consoleFolder = CONSOLE_FOLDER): Control => {
  const routes: Routes = {
    ...clockRoutes(parts),
    ...mailRoutes(parts),
    // Before the single execution, whose pattern would take the longer path as a name.
    ...consoleRoutes(parts),
    ...executionRoutes(parts),
    ...meterRoutes(parts),
    ...accountRoutes(parts),
  };
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/_local') {
      response.writeHead(302, { location: '/_local/' }).end();
      return true;
    }
    const path = pathname.replace(/^\/_local\//, '');
    if (await route(routes, path, request, response)) return true;
    return request.method === 'GET' && serveConsole(consoleFolder, path, response);
  };
};
