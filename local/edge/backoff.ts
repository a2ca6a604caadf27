import { AwsError } from '../aws/contract.ts';
import { NOT_SUPPORTED } from './input.ts';

const TRANSIENT = /throttl|toomanyrequests|limitexceeded|unavailable|internal|timeout/i;

/** Whether trying again may help: AWS tries throttling, server faults and unknown breakage again, never a refusal. */
const isTransient = (error: unknown): boolean => {
  if (!(error instanceof AwsError)) return true;
  if (error.code === NOT_SUPPORTED) return false;
  return error.status >= 500 || TRANSIENT.test(error.code);
};

export const codeOf = (error: unknown): string => (error instanceof AwsError ? error.code : 'InternalError');

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Doubling waits from one second to ten minutes; without jitter, so that a moved clock meets the same instants. */
const backoffMs = (failures: number): number => Math.min(1000 * 2 ** Math.min(failures, 20), 600_000);

export interface RetryPolicy {
  /** Attempts after the first. */
  maximumRetryAttempts: number;
  maximumEventAgeSeconds: number;
}

/** EventBridge rules and Scheduler alike: 24 hours and 185 retries unless the target says otherwise (User Guide, retry policy). */
export const DEFAULT_RETRY: RetryPolicy = { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 };

/** The instant of the next attempt, or undefined when the policy is used up. `attempts` counts failures before this one. */
export const nextAttempt = (
  policy: RetryPolicy,
  job: { attempts: number; since: number },
  now: number,
  error: unknown,
): number | undefined => {
  if (!isTransient(error) || job.attempts >= policy.maximumRetryAttempts) return undefined;
  const at = now + backoffMs(job.attempts);
  return at - job.since > policy.maximumEventAgeSeconds * 1000 ? undefined : at;
};
