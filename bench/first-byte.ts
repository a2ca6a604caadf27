import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { RunningDesk } from '../local/client/running-desk.ts';

/** What a process that was started for one request took, from its start on. */
export interface FirstByte {
  /** Wall-clock milliseconds from before it was spawned to the first byte it wrote. */
  ms: number;
  /** Processor milliseconds of all its threads. */
  cpuMs: number;
  status: number;
}

/** The answer goes by a pipe of its own: what a function logs on the way is not its answer. */
const TELL = `const { user, system } = process.cpuUsage();
  require('node:fs').writeSync(3, JSON.stringify({ cpuMs: (user + system) / 1000, status }));`;
const NOTHING = `const status = 0; ${TELL}`;
const ONE_REQUEST = `
  const [bundle, event] = process.argv.slice(1);
  const context = { functionName: 'bench', memoryLimitInMB: '256', invokedFunctionArn: 'bench', awsRequestId: 'bench' };
  require(bundle).handler(JSON.parse(event), context).then(({ statusCode: status }) => { ${TELL} process.exit(0); });
`;

const start = (args: string[], env: NodeJS.ProcessEnv): Promise<FirstByte> =>
  new Promise((done, broken) => {
    const from = performance.now();
    const child = spawn(process.execPath, ['-e', ...args], { env, stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
    let ms: number | undefined;
    let said = '';
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      ms ??= performance.now() - from;
      said += chunk.toString();
    });
    child.once('close', () => {
      if (ms === undefined) return broken(new Error('The process said nothing.'));
      done({ ms, ...JSON.parse(said) });
    });
  });

/** Node with nothing to do. */
export const emptyProcess = (): Promise<FirstByte> => start([NOTHING], {});

/** A function of the running desk in a process of its own, with the role and the environment it has there. */
export const freshFunction = async (
  desk: RunningDesk,
  name: string,
  environment: Record<string, string>,
): Promise<(event: object) => Promise<FirstByte>> => {
  const role = await desk.control('GET', `as/${name}`);
  const bundle = resolve('build/functions', name, 'index.js');
  const env = {
    AWS_REGION: role.region,
    AWS_ENDPOINT_URL: desk.endpoint,
    AWS_ACCESS_KEY_ID: role.accessKeyId,
    AWS_SECRET_ACCESS_KEY: role.secretAccessKey,
    AWS_SESSION_TOKEN: role.sessionToken,
    POWERTOOLS_SERVICE_NAME: 'careline',
    POWERTOOLS_METRICS_NAMESPACE: 'Careline',
    ...environment,
  };
  return (event) => start([ONE_REQUEST, bundle, JSON.stringify(event)], env);
};
