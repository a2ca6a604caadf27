import type { DeskFacts } from '../desk-facts.ts';

export interface Opening {
  /** Of its construct, e.g. `OpensFrontlineMonTue0900`. */
  id: string;
  group: string;
  /** IANA zone. */
  zone: string;
  /** As EventBridge Scheduler writes it: `cron(0 9 ? * MON,TUE *)`, or `cron(0 9 24 12 ? *)` for a dated one. */
  expression: string;
}

/**
 * When a group begins to work, by its calendar: once a week for each time of day, and once a year for each date with hours of
 * its own. One that finds the group closed does nothing. Once a year, and not once: EventBridge Scheduler refuses to make a
 * schedule whose time is over, so that a date left in the policy would break the first deployment after it.
 */
export const openingsOf = (group: string, hours: string | undefined, { calendars }: DeskFacts): Opening[] => {
  const calendar = hours === undefined ? undefined : calendars[hours];
  if (calendar === undefined) return [];
  const { zone, week, open } = calendar;
  const days = new Map<string, string[]>();
  for (const [day, intervals] of Object.entries(week))
    for (const { from } of intervals) days.set(from, [...(days.get(from) ?? []), day.toUpperCase()]);
  const name = (rest: string) => `Opens-${group}-${rest}`;
  const weekly = [...days].map(([from, on]) => {
    const [hour, minute] = from.split(':').map(Number);
    return {
      id: name(from.replace(':', '')),
      group,
      zone,
      expression: `cron(${minute} ${hour} ? * ${on.join(',')} *)`,
    };
  });
  const dated = Object.entries(open).flatMap(([date, intervals]) =>
    intervals.map(({ from }) => {
      const [, month, day, hour, minute] = `${date}:${from}`.split(/[-:]/).map(Number);
      return {
        id: name(`${date}-${from.replace(':', '')}`),
        group,
        zone,
        expression: `cron(${minute} ${hour} ${day} ${month} ? *)`,
      };
    }),
  );
  return [...weekly, ...dated];
};
