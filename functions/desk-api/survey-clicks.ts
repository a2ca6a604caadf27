import type { ClickTally } from '../../domain/report/clicks.ts';
import type { EventFact } from '../../domain/report/event-facts.ts';
import type { AskedPeriod } from '../../domain/report/period.ts';
import { sentIn } from '../../domain/report/surveys.ts';
import { tallyClicks } from '../../domain/survey/clicks.ts';
import { surveyMailKey } from '../../domain/survey/issue.ts';
import type { Deps } from './deps.ts';

/** How often the links of the surveys that were sent in the period were opened. Asked of these alone, a hundred at a time. */
export const clicksOf = async (
  facts: readonly EventFact[],
  period: AskedPeriod,
  { clicks, policy }: Pick<Deps, 'clicks' | 'policy'>,
): Promise<ClickTally[]> => {
  const asked = sentIn(facts, period).map(({ askedOn, kind }) => ({ ...askedOn, kind }));
  const opened = (await clicks.of(asked)).flatMap(({ about, openings }) =>
    'kind' in about ? [{ ...about, openings, mails: mailsOf(about) }] : [],
  );
  const sentAt = await clicks.sentAt(opened.flatMap(({ mails }) => mails));
  return opened.map(({ ticketId, cycle, kind, openings, mails }) => ({
    ticketId,
    cycle,
    kind,
    ...tallyClicks(openings, {
      sentAt: mails.flatMap((mail) => sentAt.get(mail) ?? []),
      within: policy.survey.scannersOpenWithin,
    }),
  }));
};

const mailsOf = ({ ticketId, cycle, kind }: Pick<ClickTally, 'ticketId' | 'cycle' | 'kind'>): string[] =>
  [false, true].map((reminder) => surveyMailKey(ticketId, cycle, kind, reminder));
