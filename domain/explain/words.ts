import { DAY, HOUR, MINUTE, SECOND } from '../support/time.ts';

/** ISO 8601 in hours, minutes and seconds: `PT26H5M`. A day of working time has no fixed length. */
export const isoOf = (ms: number): string => {
  const all = Math.max(0, Math.round(ms / SECOND));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  const parts = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`;
  return `PT${parts === '' ? '0S' : parts}`;
};

/** `2 h 30 min`, `3 d`: for people, the two largest units. */
export const inWords = (ms: number): string => {
  const units: Array<[number, string]> = [
    [DAY, 'd'],
    [HOUR, 'h'],
    [MINUTE, 'min'],
    [SECOND, 's'],
  ];
  let left = Math.round(Math.abs(ms) / SECOND) * SECOND;
  const said: string[] = [];
  for (const [length, name] of units) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count > 0 && said.length < 2) said.push(`${count} ${name}`);
  }
  return said.length === 0 ? '0 s' : said.join(' ');
};
