import { type Instant, millis } from '../../domain/support/time.ts';

/** The value of the table's TTL attribute (`expiresAt`): seconds since the epoch, never earlier than the instant. */
export const timeToLive = (end: Instant): number => Math.ceil(millis(end) / 1000);
