import { describe, expect, test } from 'vitest';
import survey from '#desk/words/survey.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { wordsByGroup } from '../../desk/compile/words-by-group.ts';
import { WORDS } from '../../domain/contact/words.ts';
import { say } from '../../domain/pages/layout.ts';
import { problemPage } from '../../domain/pages/problem-page.ts';
import { deskWords } from '../../functions/_shared/words/words.ts';
import { allWords } from '../support/all-words.ts';

const words = deskWords(survey, time);

describe('the words a function carries', () => {
  test('are those of the groups it names, in every language of the desk', () => {
    for (const language of words.brand.languages) {
      const said = Object.keys(words.in(language).words);

      expect(said.sort()).toEqual(
        Object.keys(WORDS)
          .filter((word) => /^(survey|time)\./.test(word))
          .sort(),
      );
    }
  });

  test('are all there are, when all groups are named', () => {
    expect(Object.keys(allWords.in('fa').words).sort()).toEqual(Object.keys(WORDS).sort());
  });

  test('are of the first wanted language that the desk writes, else of its first', () => {
    expect(words.in(['xx', 'fa-IR', 'de']).code).toBe('fa');
    expect(words.in('xx').code).toBe(words.brand.languages[0]);
  });

  test('let nothing else be said: another word, or a page that says others, does not compile', () => {
    const locale = words.in('en');
    // @ts-expect-error a word of a group that was not named
    const said = () => say(locale, 'kb.title');
    // @ts-expect-error a page that says words of a group that was not named
    const page = () => problemPage({ locale, brand: words.brand, problem: 'ended' });

    expect(said).toThrow();
    expect(page()).toContain('<h1></h1>');
  });
});

test('words are parted by the first part of their name, and every language keeps what is no word', () => {
  const { words: all, ...language } = allWords.in('de');

  const parted = wordsByGroup([{ ...language, words: all }]);

  expect(parted.languages).toEqual({ de: language });
  expect(Object.assign({}, ...Object.values(parted.words).map((group) => group.de))).toEqual(all);
  expect(Object.keys(parted.words.time?.de ?? {}).every((word) => word.startsWith('time.'))).toBe(true);
});
