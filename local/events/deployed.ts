import type { Aws } from '../aws/contract.ts';
import { stackId } from '../template/intrinsics.ts';

/** Tells the default bus what CloudFormation tells it when the update of these stacks has ended well. */
export const tellDeployed = async (aws: Aws, stacks: readonly string[]): Promise<void> => {
  for (const stack of stacks) {
    const id = stackId(stack);
    const entry = {
      Source: 'aws.cloudformation',
      DetailType: 'CloudFormation Stack Status Change',
      Detail: JSON.stringify({
        'stack-id': id,
        'status-details': { status: 'UPDATE_COMPLETE', 'status-reason': '' },
        'client-request-token': 'local',
      }),
      Resources: [id],
    };
    const caller = { kind: 'service', principal: 'cloudformation.amazonaws.com' } as const;
    await aws.call('events', 'PutEvents', { Entries: [entry] }, caller);
  }
};
