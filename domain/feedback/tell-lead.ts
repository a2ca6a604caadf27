import type { OwedMail } from '../mail/owed.ts';
import type { Agent, Policy } from '../policy.ts';
import type { Feedback } from './feedback.ts';

/**
 * Who of the team hears of this feedback: the policy's lead or manager, of a low score whose giver nobody can answer.
 * Undefined when nobody does. Throws when the team has no such person, which the check of the desk's files rules out.
 */
export const whoHears = (
  { low, customerId }: Pick<Feedback, 'low' | 'customerId'>,
  { feedback, groups }: Pick<Policy, 'feedback' | 'groups'>,
  team: readonly Agent[],
): Agent | undefined => {
  if (low !== true || customerId !== undefined || feedback.tell === 'nobody') return undefined;
  const id = groups[feedback.group]?.[feedback.tell];
  const agent = team.find((each) => each.id === id);
  if (!agent) throw new Error(`Group ${feedback.group} has no ${feedback.tell} in team.yaml.`);
  return agent;
};

/** Business key of the mail that tells of a piece of feedback. */
export const noticeKey = (feedback: string): string => `feedback#${feedback}`;

/** The mail that tells them; the desk's own language is English. `rating`: the score in words. */
export const noticeOf = (
  { id, at, text }: Pick<Feedback, 'id' | 'at' | 'text'>,
  rating: string,
  { name, email, timeZone }: Agent,
  deskDomain: string,
): OwedMail => ({
  key: noticeKey(id),
  to: { email, name },
  locale: 'en',
  ...(timeZone === undefined ? {} : { timeZone }),
  pace: 'prompt',
  content: { template: 'feedback', subject: rating, feedback: id, ...(text === undefined ? {} : { words: text }) },
  anchor: `<feedback.${id}@${deskDomain}>`,
  owedAt: at,
  status: 'owed',
  attempts: 0,
});
