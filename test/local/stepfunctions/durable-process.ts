/**
 * A process that runs executions until it is killed: `node durable-process.ts <store> <work log> <count>`. It says each
 * acknowledged start (`acked <name>`) and, when every execution has ended, `done`.
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Aws, AwsError, ROOT } from '../../../local/aws/contract.ts';
import { createKernel } from '../../../local/kernel/kernel.ts';
import { StepFunctionsService } from '../../../local/stepfunctions/service.ts';
import { FUNCTION_ARN, machine, nested } from './machines.ts';

const [file = '', log = '', count = '1'] = process.argv.slice(2);

const work = (step: string) => ({
  Type: 'Task',
  Resource: FUNCTION_ARN,
  Arguments: { name: '{% $states.context.Execution.Name %}', step },
});
const definition = machine({
  Begin: { Type: 'Pass', Assign: { n: 1 }, Next: 'First' },
  First: { ...work('first'), Next: 'Pause' },
  Pause: { Type: 'Wait', Seconds: 1, Next: 'Each' },
  Each: {
    Type: 'Map',
    Items: [1, 2],
    ItemProcessor: nested({ Inner: { ...work('inner'), End: true } }),
    Next: 'Last',
  },
  Last: {
    ...work('last'),
    Output: '{% $n %}',
    Retry: [
      {
        ErrorEquals: ['Lambda.BusyException'],
        IntervalSeconds: 1,
        MaxAttempts: 50,
        BackoffRate: 1,
        JitterStrategy: 'FULL',
      },
    ],
    End: true,
  },
});

// Ends with whoever started it.
process.stdin.resume().on('end', () => process.exit(1));

const kernel = createKernel({ start: Date.now(), speed: 20, file });
let calls = 0;
const aws: Aws = {
  call: async (_service, _operation, input) => {
    calls += 1;
    const { name, step } = JSON.parse(String(input.Payload));
    appendFileSync(log, `${name} ${step}\n`);
    await sleep(2);
    if (step === 'last' && calls % 3 === 0) throw new AwsError('Busy', 'busy');
    return { Payload: Buffer.from('{}') };
  },
};
const deployment = { resources: () => [], resource: () => undefined, byArn: () => undefined, assetDirectory: () => '' };
const service = new StepFunctionsService({ kernel, aws, deployment });
const call = (operation: string, input: Record<string, unknown>) =>
  service.handle({ operation, input, caller: ROOT, requestId: 'test' });

await service.start();
const { stateMachineArn } = await call('CreateStateMachine', {
  name: 'm',
  definition,
  roleArn: 'arn:aws:iam::000000000000:role/m',
});
process.stdout.write('ready\n');
for (let n = 0; n < Number(count); n += 1) {
  try {
    await call('StartExecution', { stateMachineArn, name: `e-${n}`, input: '{}' });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ExecutionAlreadyExists') throw error;
  }
  process.stdout.write(`acked e-${n}\n`);
  await sleep(1);
}
while (service.executions().some(({ status }) => status === 'RUNNING')) await sleep(10);
process.stdout.write('done\n');
process.exit(0);
