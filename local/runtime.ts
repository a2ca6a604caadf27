import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { AwsEndpoint } from './aws/endpoint.ts';
import { holdFolder } from './cli/data-lock.ts';
import { freePort, listen } from './cli/listen.ts';
import { createControl } from './control/control.ts';
import { controlParts } from './control/parts.ts';
import { tellDeployed } from './events/deployed.ts';
import { createHttpServer, type HttpServer } from './http/server.ts';
import { createKernel, type Kernel } from './kernel/kernel.ts';
import { createServices, type Services, startServices, stopServices } from './services.ts';
import { createSmtpPort, type SmtpPort } from './smtp/smtp-port.ts';
import { type LocalDeployment, loadDeployment } from './template/deployment.ts';

export interface RuntimeOptions {
  /** Folder of the cloud assembly. */
  assembly: string;
  /** Ports; 0 picks a free one. */
  http: number;
  aws: number;
  smtp: number;
  /** Folder of everything kept; in memory when undefined. */
  data?: string | undefined;
  /** Epoch ms to start at: when nothing is stored, and at the earliest when something is. Default: the system's time. */
  clock?: number | undefined;
  /** Virtual seconds per second; default 1. */
  speed?: number;
  /** Threads for all functions together; default 10. */
  threads?: number;
  /** One line for the person at the terminal. */
  say?: (line: string) => void;
  /** The runtime cannot go on; default throws. */
  onLoss?: (message: string) => void;
}

/** A running desk. */
export interface Runtime {
  ports: { http: number; aws: number; smtp: number };
  kernel: Kernel;
  deployment: LocalDeployment;
  services: Services;
  /** Ends everything; what is under way stays stored. */
  stop(): Promise<void>;
}

const fatal = (message: string): void => {
  throw new Error(message);
};

const url = (port: number): string => `http://127.0.0.1:${port}`;

/** Runs the template on this machine; resolves once everything answers. Whatever was started is ended if it cannot. */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const { data, clock, say = () => undefined, onLoss = fatal } = options;
  const ending: Array<() => Promise<void> | void> = [];
  const stop = async (): Promise<void> => {
    for (const end of ending.splice(0).reverse()) await end();
  };
  try {
    return await start();
  } catch (error) {
    await stop();
    throw error;
  }

  async function start(): Promise<Runtime> {
    const httpPort = await freePort('http', options.http);
    await freePort('smtp', options.smtp);
    if (data !== undefined) ending.push(holdFolder(data));
    const isUpdate = data !== undefined && existsSync(join(data, 'store.db'));
    const kernel = createKernel({
      start: clock ?? Date.now(),
      speed: options.speed ?? 1,
      ...(clock === undefined ? {} : { earliest: clock }),
      ...(data === undefined ? {} : { file: join(data, 'store.db') }),
    });
    ending.push(() => kernel.store.close());
    ending.push(() => kernel.timers.stop());
    // Timers that came due while nobody looked wait until everything they touch has started.
    kernel.timers.pause();
    const started = kernel.activity.begin('start');

    const server = createServer();
    server.keepAliveTimeout = 60_000;
    const awsPort = await listen(server, 'aws', options.aws);
    ending.push(() => {
      server.close();
      server.closeAllConnections();
    });
    const deployment = loadDeployment({
      assembly: options.assembly,
      httpUrl: url(httpPort),
      awsUrl: url(awsPort),
    });
    const services = createServices({
      kernel,
      deployment,
      awsUrl: url(awsPort),
      say,
      onLoss,
      ...(data === undefined ? {} : { tablesFile: join(data, 'tables.db') }),
      ...(options.threads === undefined ? {} : { threads: options.threads }),
    });
    const endpoint = new AwsEndpoint(
      services.aws,
      (error) => say(`aws: ${describe(error)}`),
      () => kernel.clock.now(),
    );
    server.on('request', endpoint.handle);
    ending.push(() => stopServices(services));
    await startServices(services);

    const http: HttpServer = createHttpServer({
      kernel,
      aws: services.aws,
      deployment,
      identity: services.identity,
      meter: services.meter,
      say,
      control: createControl(controlParts({ kernel, deployment, services, awsUrl: url(awsPort) })),
    });
    ending.push(() => http.close());
    await http.listen(httpPort);
    const smtp: SmtpPort = createSmtpPort({ kernel, ses: services.ses });
    ending.push(() => smtp.close());
    const smtpPort = await smtp.listen(options.smtp);
    kernel.timers.resume();
    // A start on what an earlier one kept is what a deployment is to AWS: the functions may be others now.
    if (isUpdate) await tellDeployed(services.aws, deployment.stacks);
    started();
    return { ports: { http: httpPort, aws: awsPort, smtp: smtpPort }, kernel, deployment, services, stop };
  }
};

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
