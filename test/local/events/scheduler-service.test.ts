import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SchedulerService } from '../../../local/events/scheduler-service.ts';
import { aDeployment, aFake, aRig, bodyOf, START } from '../edge/rig.ts';

const HOUR = 3_600_000;
const ARN = 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/hourly';
const ROLE = 'arn:aws:iam::000000000000:role/scheduler';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:sweep';

const aSchedule = (properties: Record<string, unknown>) =>
  aDeployment({
    type: 'AWS::Scheduler::Schedule',
    ref: 'hourly',
    attributes: { Arn: ARN },
    properties: {
      Name: 'hourly',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ScheduleExpression: 'cron(0 * * * ? *)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      Target: { Arn: FUNCTION, RoleArn: ROLE, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
      ...properties,
    },
  });

const start = async (deployment: ReturnType<typeof aDeployment>, file?: string) => {
  const rig = aRig(file);
  const lambda = aFake('lambda', ['Invoke']);
  const scheduler = new SchedulerService({ kernel: rig.kernel, aws: rig.aws, deployment, say: rig.say });
  for (const each of [scheduler, lambda]) rig.aws.register(each);
  await scheduler.start();
  return { rig, lambda, scheduler };
};

test('a schedule fires at each of its times, by its role, with the time it was planned for', async () => {
  const { rig, lambda } = await start(aSchedule({}));

  await rig.kernel.timeMachine.moveTo(START + 2.5 * HOUR);

  expect(lambda.calls.map((call) => bodyOf(call).at)).toEqual(['2026-11-22T10:00:00Z', '2026-11-22T11:00:00Z']);
  expect(lambda.calls[0]?.caller).toEqual({ kind: 'role', roleArn: ROLE, holder: 'hourly' });
  await rig.close();
});

test('a rate fires at once when it is created, then by the rate', async () => {
  const { rig, lambda } = await start(aSchedule({ ScheduleExpression: 'rate(1 hour)' }));

  await rig.kernel.timeMachine.moveTo(START + 2 * HOUR);

  expect(lambda.calls.map((call) => bodyOf(call).at)).toEqual([
    '2026-11-22T09:00:00Z',
    '2026-11-22T10:00:00Z',
    '2026-11-22T11:00:00Z',
  ]);
  await rig.close();
});

test('times missed while the runtime was off fire once, and the schedule goes on', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'scheduler-'));
  const file = join(directory, 'store.db');
  const first = await start(aSchedule({}), file);
  await first.scheduler.stop();
  await first.rig.close();

  const second = await start(aSchedule({}), file);
  await second.scheduler.stop();
  second.rig.kernel.clock.moveTo(START + 5.5 * HOUR);
  const third = new SchedulerService({ kernel: second.rig.kernel, aws: second.rig.aws, deployment: aSchedule({}) });
  await third.start();
  await second.rig.kernel.timeMachine.moveTo(START + 6 * HOUR);

  expect(second.lambda.calls.map((call) => bodyOf(call).at)).toEqual(['2026-11-22T10:00:00Z', '2026-11-22T15:00:00Z']);
  await second.rig.close();
  rmSync(directory, { recursive: true });
});

test('a schedule for one instant fires once; a disabled one and one that has ended never', async () => {
  const once = await start(aSchedule({ ScheduleExpression: 'at(2026-11-22T10:30:00)' }));
  const disabled = await start(aSchedule({ State: 'DISABLED' }));
  const ended = await start(aSchedule({ EndDate: '2026-11-22T09:30:00Z' }));

  for (const { rig } of [once, disabled, ended]) await rig.kernel.timeMachine.moveTo(START + 48 * HOUR);

  expect(once.lambda.calls).toHaveLength(1);
  expect(disabled.lambda.calls).toHaveLength(0);
  expect(ended.lambda.calls).toHaveLength(0);
  for (const { rig } of [once, disabled, ended]) await rig.close();
});

test('a flexible time window is refused by name', async () => {
  const starting = start(aSchedule({ FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 } }));

  await expect(starting).rejects.toThrow('flexible time window');
});
