import { expect, test } from 'vitest';
import { tellDeployed } from '../../../local/events/deployed.ts';
import { EventsService } from '../../../local/events/events-service.ts';
import { stackId } from '../../../local/template/intrinsics.ts';
import { aDeployment, aFake, aRig, bodyOf } from '../edge/rig.ts';

test('a stack that was deployed anew is told of as CloudFormation tells it, each to its own rule', async () => {
  const rig = aRig();
  const rule = aDeployment({
    type: 'AWS::Events::Rule',
    ref: 'deployed',
    attributes: { Arn: 'arn:aws:events:us-east-1:000000000000:rule/deployed' },
    properties: {
      State: 'ENABLED',
      EventPattern: {
        source: ['aws.cloudformation'],
        'detail-type': ['CloudFormation Stack Status Change'],
        detail: { 'stack-id': [stackId('Desk')], 'status-details': { status: ['UPDATE_COMPLETE'] } },
      },
      Targets: [{ Id: 'a', Arn: 'arn:aws:lambda:us-east-1:000000000000:function:f', Input: '{"only":"policy"}' }],
    },
  });
  const lambda = aFake('lambda', ['Invoke']);
  const events = new EventsService({ kernel: rig.kernel, aws: rig.aws, deployment: rule, say: rig.say });
  for (const service of [events, lambda]) rig.aws.register(service);
  await events.start();

  await tellDeployed(rig.aws, ['Data', 'Desk']);
  await rig.kernel.timeMachine.settle();

  expect(lambda.calls.map(bodyOf)).toEqual([{ only: 'policy' }]);
  await rig.close();
});
