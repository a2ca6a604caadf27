import { type Aws, ROOT } from '../../../local/aws/contract.ts';
import { createKernel, type Kernel } from '../../../local/kernel/kernel.ts';
import type { TaskRunner } from '../../../local/stepfunctions/engine.ts';
import { StepFunctionsService, type TransitionMeter } from '../../../local/stepfunctions/service.ts';
import type { Deployment, Resource } from '../../../local/template/contract.ts';

export const ROLE = 'arn:aws:iam::000000000000:role/machine';
export const NINE = Date.parse('2026-11-23T09:00:00Z');

type Output = Record<string, unknown>;

export interface Desk {
  kernel: Kernel;
  service: StepFunctionsService;
  call(operation: string, input: Output): Promise<Output>;
  /** Creates a machine; its ARN. */
  create(name: string, definition: string, type?: 'STANDARD' | 'EXPRESS'): Promise<string>;
  settle(): Promise<void>;
  advance(ms: number): Promise<void>;
}

const deploymentOf = (resources: Resource[]): Deployment => ({
  resources: (type) => resources.filter((resource) => resource.type === type),
  resource: (logicalId) => resources.find((resource) => resource.logicalId === logicalId),
  byArn: (arn) => resources.find((resource) => resource.ref === arn),
  assetDirectory: () => '',
});

/** The service by itself, on a clock that stands still. */
export const aService = (
  options: { aws?: Aws; runTask?: TaskRunner; meter?: TransitionMeter; resources?: Resource[]; kernel?: Kernel } = {},
): Desk => {
  const kernel = options.kernel ?? createKernel({ start: NINE, speed: 0 });
  const { aws = { call: () => Promise.reject(new Error('no service')) }, resources = [], runTask, meter } = options;
  const service = new StepFunctionsService({
    kernel,
    aws,
    deployment: deploymentOf(resources),
    ...(runTask ? { runTask } : {}),
    ...(meter ? { meter } : {}),
  });
  const call = (operation: string, input: Output): Promise<Output> =>
    service.handle({ operation, input, caller: ROOT, requestId: 'test' });
  return {
    kernel,
    service,
    call,
    create: async (name, definition, type = 'STANDARD') =>
      String((await call('CreateStateMachine', { name, definition, roleArn: ROLE, type })).stateMachineArn),
    settle: () => kernel.timeMachine.settle(),
    advance: async (ms) => {
      await kernel.timeMachine.moveTo(kernel.clock.now() + ms);
    },
  };
};

export const aMachineResource = (name: string, properties: Output): Resource => ({
  logicalId: name,
  path: `Service/${name}`,
  stack: 'Service',
  type: 'AWS::StepFunctions::StateMachine',
  properties: { RoleArn: ROLE, StateMachineName: name, ...properties },
  ref: `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`,
  attributes: {},
});
