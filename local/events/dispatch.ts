import type { Aws } from '../aws/contract.ts';
import { codeOf, DEFAULT_RETRY, messageOf, nextAttempt, type RetryPolicy } from '../edge/backoff.ts';
import { type Job, Outbox } from '../edge/outbox.ts';
import type { Say } from '../edge/say.ts';
import { deliver, type Sender, type Target } from '../edge/target.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Deployment } from '../template/contract.ts';

/** One delivery to one target, with all it needs after a restart. */
export interface Delivery {
  target: Target;
  sender: Sender;
  body: string;
  retry: RetryPolicy;
  deadLetterArn?: string;
  /** Set on a dead letter: attributes that tell why. */
  attributes?: Record<string, { DataType: string; StringValue: string }>;
}

/** `RetryPolicy` of a rule's target or a schedule, with AWS's defaults. */
export const retryPolicy = (
  given: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number } = {},
): RetryPolicy => ({
  maximumRetryAttempts: Number(given.MaximumRetryAttempts ?? DEFAULT_RETRY.maximumRetryAttempts),
  maximumEventAgeSeconds: Number(given.MaximumEventAgeInSeconds ?? DEFAULT_RETRY.maximumEventAgeSeconds),
});

const attribute = (value: string) => ({ DataType: 'String', StringValue: value });

/** What a dead letter carries beside the event (EventBridge User Guide, "Dead-letter queues"). */
const reason = (job: Job<Delivery>, error: unknown) => ({
  RULE_ARN: attribute(job.payload.sender.sourceArn),
  TARGET_ARN: attribute(job.payload.target.arn),
  ERROR_CODE: attribute(codeOf(error)),
  ERROR_MESSAGE: attribute(messageOf(error)),
  RETRY_ATTEMPTS: attribute(String(job.attempts)),
});

/** Delivers at least once, tries again by the target's policy, and hands what failed to the dead-letter queue. */
export const createDispatch = (parts: {
  kernel: Kernel;
  aws: Aws;
  deployment: Deployment;
  say: Say;
  table: string;
}): Outbox<Delivery> => {
  const { kernel, say, table } = parts;
  const outbox: Outbox<Delivery> = new Outbox<Delivery>({
    kernel,
    table,
    run: ({ payload }) => deliver(parts, payload.target, payload.sender, payload.body, payload.attributes),
    retryAt: (job, error) => nextAttempt(job.payload.retry, job, kernel.clock.now(), error),
    abandon(job, error) {
      const { sender, target, deadLetterArn, body } = job.payload;
      say(`${sender.holder}: not delivered to ${target.arn}: ${codeOf(error)}: ${messageOf(error)}`);
      if (!deadLetterArn || target.arn === deadLetterArn) return;
      outbox.owe({
        target: { arn: deadLetterArn },
        sender,
        body,
        retry: DEFAULT_RETRY,
        deadLetterArn,
        attributes: reason(job, error),
      });
    },
  });
  return outbox;
};
