import { createServer } from 'node:http';
import type { Aws, AwsRequest, AwsService, Caller, ServiceName } from '../../../local/aws/contract.ts';
import { AwsEndpoint } from '../../../local/aws/endpoint.ts';
import { AwsGate } from '../../../local/aws/gate.ts';
import { Faults } from '../../../local/faults/faults.ts';
import { createKernel, type Kernel } from '../../../local/kernel/kernel.ts';
import { Meter } from '../../../local/meter/meter.ts';
import type { Deployment, Resource } from '../../../local/template/contract.ts';

/** A Sunday morning. */
export const START = Date.parse('2026-11-22T09:00:00.000Z');

type Given = Pick<Resource, 'type' | 'properties'> & Partial<Resource>;

/** A deployment of the given resources; `ref` is the logical id unless said otherwise. */
export const aDeployment = (...given: Given[]): Deployment => {
  const resources: Resource[] = given.map((each, at) => ({
    logicalId: `R${at}`,
    path: `Stack/R${at}`,
    stack: 'Stack',
    ref: each.logicalId ?? `R${at}`,
    attributes: {},
    ...each,
  }));
  return {
    resources: (type) => resources.filter((each) => each.type === type),
    resource: (id) => resources.find((each) => each.logicalId === id),
    byArn: (arn) => resources.find((each) => each.ref === arn || each.attributes.Arn === arn),
    assetDirectory: (key) => key,
  };
};

export interface Call {
  operation: string;
  input: Record<string, unknown>;
  caller: Caller;
}

/** A service that remembers what it was asked; `answer` may throw. */
export const aFake = (
  name: ServiceName,
  operations: string[],
  answer: (call: Call) => Record<string, unknown> = () => ({}),
): AwsService & { calls: Call[] } => {
  const calls: Call[] = [];
  return {
    name,
    operations,
    calls,
    permissions: () => [],
    handle: async ({ operation, input, caller }: AwsRequest) => {
      calls.push({ operation, input, caller });
      return answer({ operation, input, caller });
    },
  };
};

export const bodyOf = (call: Call | undefined): Record<string, unknown> => JSON.parse(String(call?.input.Payload));

export interface Rig {
  kernel: Kernel;
  aws: Aws & { register(service: AwsService): void };
  faults: Faults;
  said: string[];
  say: (line: string) => void;
  /** Serves the registered services over the wire; resolves with the endpoint's URL. */
  serve(): Promise<string>;
  close(): Promise<void>;
}

/** A kernel whose clock stands still until it is moved, and the gate with every caller allowed. */
export const aRig = (file?: string): Rig => {
  const kernel = createKernel({ start: START, speed: 0, ...(file !== undefined && { file }) });
  const faults = new Faults(() => 0);
  const gate = new AwsGate({ authorizer: { authorize: async () => undefined }, faults, meter: new Meter() });
  const said: string[] = [];
  const endpoint = new AwsEndpoint(gate, (error) => said.push(String(error)));
  const server = createServer(endpoint.handle);
  return {
    kernel,
    aws: gate,
    faults,
    said,
    say: (line) => said.push(line),
    serve: () =>
      new Promise((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
        });
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      kernel.timers.stop();
      kernel.store.close();
    },
  };
};

export const sdk = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDOUTSIDE', secretAccessKey: 'secret' },
  maxAttempts: 1,
});
