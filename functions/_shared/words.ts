import brand from '#desk/brand.json' with { type: 'json' };
import de from '#desk/locales/de.json' with { type: 'json' };
import en from '#desk/locales/en.json' with { type: 'json' };
import fa from '#desk/locales/fa.json' with { type: 'json' };
import { localeFor } from '../../domain/contact/format.ts';
import type { Brand, Locale } from '../../domain/contact/words.ts';

/** The languages this desk writes, and how it signs. */
export interface Words {
  brand: Brand;
  /** The first wanted language that the desk writes, else its first. */
  in(wanted: string | readonly string[]): Locale;
}

const locales: Record<string, Locale> = { de, en, fa };

export const deskWords = (): Words => ({ brand, in: (wanted) => localeFor(wanted, locales, brand) });
