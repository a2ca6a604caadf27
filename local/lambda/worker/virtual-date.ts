import { type ClockCells, readClock } from '../../kernel/clock.ts';

const RealDate = Date;

/** Milliseconds of the system's clock, whatever `Date` says. */
export const realNow = RealDate.now.bind(RealDate);

/**
 * Makes `Date` of this thread read the virtual clock, so that bundled code needs no clock of its own. Only the present
 * instant changes: parsing, arithmetic, `instanceof` and timers stay as they are.
 */
export const installVirtualDate = (cells: ClockCells): void => {
  const now = (): number => readClock(cells, realNow());
  const VirtualDate: DateConstructor = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, parts: unknown[], asked) =>
      Reflect.construct(target, parts.length === 0 ? [now()] : parts, asked === VirtualDate ? target : asked),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  Object.defineProperty(RealDate.prototype, 'constructor', { value: VirtualDate, configurable: true, writable: true });
  Object.defineProperty(globalThis, 'Date', { value: VirtualDate, configurable: true, writable: true });
  formatThePresent(now);
};

/** `Intl.DateTimeFormat` without a date means the present: it asks the engine's clock, past `Date`. */
const formatThePresent = (now: () => number): void => {
  const prototype = Intl.DateTimeFormat.prototype;
  const parts = prototype.formatToParts;
  prototype.formatToParts = function (date) {
    return parts.call(this, date ?? now());
  };
  const getter = Object.getOwnPropertyDescriptor(prototype, 'format')?.get;
  if (getter === undefined) return;
  Object.defineProperty(prototype, 'format', {
    configurable: true,
    get(this: Intl.DateTimeFormat) {
      const format: Intl.DateTimeFormat['format'] = getter.call(this);
      return (date?: Date | number) => format(date ?? now());
    },
  });
};
