import type { RunningDesk } from '../../local/client/running-desk.ts';
import type { Tally } from './check.ts';
import type { Done } from './play.ts';

/** What the desk itself tells a lead of the same time, held against what people did. */
export const talliesOfReports = async (
  desk: RunningDesk,
  period: string,
  done: Done,
  started: number,
): Promise<Tally[]> => {
  const figures = async (report: string): Promise<Map<string, number>> => {
    const { status, text, json } = await desk.as('lina', 'lead', 'GET', `/desk/reports/${report}?${period}`);
    if (status !== 200) throw new Error(`The report ${report} answered ${status}: ${text}`);
    return new Map(json.figures.map(({ name, value }: { name: string; value: number }) => [name, value]));
  };
  const surveys = await figures('surveys');
  const recovery = await figures('recovery');
  const listed = await desk.as('lina', 'lead', 'GET', `/desk/feedback.csv?kind=suggestion&${period}`);
  return [
    { what: 'confirmed in the report', is: surveys.get('clicks.confirmed') ?? -1, shouldBe: done.confirmed.size },
    { what: 'intentions seen by all those scanners', is: surveys.get('clicks.intent') ?? -1, shouldBe: 0 },
    { what: 'put right in the report', is: recovery.get('recoveries.started') ?? -1, shouldBe: started },
    {
      what: 'suggestions in the list of feedback',
      is: listed.text.trim().split('\r\n').length - 1,
      shouldBe: done.suggestions,
    },
  ];
};
