import type { Identity } from './identity.ts';

/** An identity as it may be shown to somebody who perhaps does not own it: enough to know one's own again. */
export const shown = ({ kind, value }: Identity): string => {
  switch (kind) {
    case 'email': {
      const at = value.lastIndexOf('@');
      return `${[...value.slice(0, at)].slice(0, 2).join('')}…@${value.slice(at + 1)}`;
    }
    case 'phone':
      return `${value.slice(0, 3)} *** ${value.slice(-4)}`;
    case 'handle': {
      // A handle is public where it is used.
      const colon = value.indexOf(':');
      return `${value.slice(colon + 1)} (${value.slice(0, colon)})`;
    }
  }
};
