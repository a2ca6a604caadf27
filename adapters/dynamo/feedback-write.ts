import { FeedbackMoved } from '../../domain/errors.ts';
import type { FeedbackChange } from '../../domain/feedback/feedback.ts';
import { type NpsAskChange, npsKey } from '../../domain/feedback/nps-ask.ts';
import { feedbackItem } from './items/feedback.ts';
import { npsAskItem } from './items/nps-ask.ts';
import { isUnchanged, put } from './put.ts';
import type { GuardedWrite } from './transact.ts';

/** A piece of feedback as it is now, and what it answers; refused when either is not as it was before. */
export const feedbackWrites = ({ before, after, ask }: FeedbackChange, table: string): GuardedWrite[] => [
  put(table, feedbackItem(after), isUnchanged(before), feedbackMoved(after.id)),
  ...(ask ? [npsAskWrite(ask, table)] : []),
];

export const npsAskWrite = ({ before, after }: NpsAskChange, table: string): GuardedWrite =>
  put(table, npsAskItem(after), isUnchanged(before), feedbackMoved(npsKey(after)));

/** What it means that a write which belongs to this piece of feedback, or to this ask, was refused. */
export const feedbackMoved = (id: string) => (cause: Error) => new FeedbackMoved(id, { cause });
