import { marshall } from '@aws-sdk/util-dynamodb';
import { FeedbackMoved } from '../../domain/errors.ts';
import type { FeedbackChange } from '../../domain/feedback/feedback.ts';
import { feedbackItem } from './items/feedback.ts';
import type { GuardedWrite } from './transact.ts';

/** A piece of feedback as it is now; refused when it is not as it was before. */
export const feedbackWrite = ({ before, after }: FeedbackChange, table: string): GuardedWrite => ({
  write: {
    Put: {
      TableName: table,
      Item: feedbackItem(after),
      ...(before === undefined
        ? { ConditionExpression: 'attribute_not_exists(PK)' }
        : {
            ConditionExpression: 'version = :version',
            ExpressionAttributeValues: marshall({ ':version': before.version }),
          }),
    },
  },
  refusal: (cause) => new FeedbackMoved(after.id, { cause }),
});
