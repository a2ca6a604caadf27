import { type ClickTally, repliesIn } from '../../domain/report/clicks.ts';
import type { EventFact } from '../../domain/report/event-facts.ts';
import type { AskedPeriod } from '../../domain/report/period.ts';
import { sentIn } from '../../domain/report/surveys.ts';
import { type Clicked, tallyClicks } from '../../domain/survey/clicks.ts';
import { surveyMailKey } from '../../domain/survey/issue.ts';
import { replyMailKey } from '../../domain/ticket/acts/reply.ts';
import type { Deps } from './deps.ts';

/**
 * How often the links of the surveys and replies that were sent in the period were opened. Asked of these alone, a hundred
 * at a time.
 */
export const clicksOf = async (
  facts: readonly EventFact[],
  period: AskedPeriod,
  { clicks, policy }: Pick<Deps, 'clicks' | 'policy'>,
): Promise<ClickTally[]> => {
  const surveys = sentIn(facts, period).map(({ askedOn, kind }) => ({ ...askedOn, kind }));
  const replies = repliesIn(facts, { from: period.from, until: period.seenAt });
  const opened = await clicks.of([...surveys, ...replies]);
  const sentAt = await clicks.sentAt(opened.flatMap(({ about }) => mailsOf(about)));
  return opened.map(({ about, openings }) => ({
    about,
    ...tallyClicks(openings, {
      sentAt: mailsOf(about).flatMap((mail) => sentAt.get(mail) ?? []),
      within: policy.survey.scannersOpenWithin,
    }),
  }));
};

const mailsOf = (about: Clicked): string[] =>
  'kind' in about
    ? [false, true].map((reminder) => surveyMailKey(about.ticketId, about.cycle, about.kind, reminder))
    : [replyMailKey(about.ticketId, about.message)];
