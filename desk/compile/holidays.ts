import Holidays from 'date-holidays';
import { didYouMean } from './mistakes.ts';
import type { Path, Source } from './source.ts';

const DAY_MS = 86_400_000;

/**
 * The public holidays of countries and regions as dates, e.g. `DE`, `DE-BY` or `IR`, by the tables of date-holidays. Islamic
 * holidays are reckoned; where the moon is watched they may fall a day later, which a dated entry of the calendar corrects.
 * A day off that stands in for a public holiday counts, also where the tables call it one of banks (Veterans Day in the US).
 */
export const holidaysOf = (
  source: Pick<Source, 'wrong'>,
  calendar: Path,
  places: readonly string[],
  years: { from: number; to: number },
): string[] =>
  places.flatMap((place, index) => {
    const [country = '', ...region] = place.split('-');
    const known = new Holidays().getCountries();
    const regions = new Holidays().getStates(country) ?? {};
    const [state = ''] = region;
    const at = [...calendar, 'holidays', index];
    if (!(country in known))
      source.wrong(at, `no holidays of "${country}" are known; write two letters of ISO 3166, like DE`);
    else if (region.length > 0 && (region.length > 1 || !(state in regions)))
      source.wrong(at, `"${country}" has no region "${region.join('-')}"${didYouMean(state, Object.keys(regions))}`);
    else return datesOf(state === '' ? new Holidays(country) : new Holidays(country, state), years);
    return [];
  });

const datesOf = (holidays: Holidays, { from, to }: { from: number; to: number }): string[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index).flatMap((year) =>
    holidays
      .getHolidays(year)
      .filter(({ type, substitute }) => type === 'public' || (type === 'bank' && substitute === true))
      .flatMap(({ date, start, end }) => wholeDays(date.slice(0, 10), end.getTime() - start.getTime())),
  );

/** Every date a holiday covers as a whole; the half day before a feast is left to the calendar's own `open`. */
const wholeDays = (first: string, length: number): string[] =>
  Array.from({ length: Math.max(1, Math.floor(length / DAY_MS)) }, (_, index) =>
    new Date(Date.parse(first) + index * DAY_MS).toISOString().slice(0, 10),
  );
