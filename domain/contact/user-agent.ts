/** What a browser says it is, in the words people use for it; a field that cannot be told is left out. */
export interface SeenBrowser {
  /** `iPhone`, `Android`, `Windows`. */
  device?: string;
  /** `Firefox 145`. */
  browser?: string;
}

/** The first that fits counts: every browser also calls itself by the names of older ones. */
const BROWSERS: ReadonlyArray<readonly [string, RegExp]> = [
  ['Edge', /\bEdg(?:A|iOS)?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)\S*(?: Mobile\/\S+)? Safari\//],
];

const DEVICES: ReadonlyArray<readonly [string, RegExp]> = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows NT\b/],
  ['Mac', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
];

/** Reads a `User-Agent` header, to fill in two fields of a form that their writer may change. */
export const seenBrowser = (userAgent: string): SeenBrowser => {
  const device = DEVICES.find(([, pattern]) => pattern.test(userAgent))?.[0];
  const found = BROWSERS.flatMap(([name, pattern]) => {
    const version = pattern.exec(userAgent)?.[1];
    return version === undefined ? [] : [`${name} ${version}`];
  })[0];
  return { ...(device !== undefined && { device }), ...(found !== undefined && { browser: found }) };
};
