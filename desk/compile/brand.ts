import type { Brand } from '../../domain/contact/brand.ts';
import { PAPER, PAPER_DARK } from '../../domain/contact/colours.ts';
import type { BrandFile } from '../schema.ts';
import { checkZone } from './calendars.ts';
import type { Source } from './source.ts';

/** WCAG 2.2, 1.4.3: text needs 4.5:1 against what it stands on. */
const LEAST_CONTRAST = 4.5;

/** How the desk looks and signs, less the files that pages show (`compileAssets`). */
export const compileBrand = (source: Source, file: BrandFile): Omit<Brand, 'fonts' | 'logo'> => {
  checkZone(source, ['time-zone'], file['time-zone']);
  for (const [name, paper, colour] of [
    ['accent', PAPER, file.colours.accent],
    ['accent-dark', PAPER_DARK, file.colours['accent-dark']],
  ] as const) {
    const ratio = contrast(colour, paper);
    if (ratio < LEAST_CONTRAST)
      source.wrong(
        ['colours', name],
        `${colour} on ${paper} has a contrast of ${ratio.toFixed(1)}:1, text needs ${LEAST_CONTRAST}:1; choose a ${name === 'accent' ? 'darker' : 'lighter'} one`,
      );
  }
  return {
    name: file.name,
    ...(file.website === undefined ? {} : { website: file.website }),
    timeZone: file['time-zone'],
    languages: file.languages,
    accent: file.colours.accent.toLowerCase(),
    accentDark: file.colours['accent-dark'].toLowerCase(),
  };
};

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
