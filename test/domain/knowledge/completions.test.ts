import MiniSearch from 'minisearch';
import { expect, test } from 'vitest';
import { completionsOf } from '../../../domain/knowledge/completions.ts';
import { indexOptions, type SearchedArticle, searchArticles } from '../../../domain/knowledge/search.ts';

const about = (...titles: string[]): MiniSearch<SearchedArticle> => {
  const index = new MiniSearch<SearchedArticle>(indexOptions('en'));
  index.addAll(titles.map((title) => ({ slug: title, title, category: '', keywords: '', headings: '', text: '' })));
  return index;
};
const found = (index: MiniSearch<SearchedArticle>, query: string, manner: 'words' | 'text' = 'words') =>
  searchArticles(index, query, { locale: 'en', limit: 5, manner }).map(({ slug }) => slug);

test('a term that every letter fits stands before those that one does not, however short', () => {
  const index = about('pasta', 'pasto', 'pastum', 'paste', 'password');

  expect(completionsOf(index, 'pasw')).toEqual(['password', 'pasta', 'paste', 'pasto']);
});

test('three letters, or another first letter, are the beginning of nothing', () => {
  const index = about('password');

  expect([completionsOf(index, 'pss'), completionsOf(index, 'bassw')]).toEqual([[], []]);
});

test('a term is taken as it is, whatever ending it seems to have', () => {
  expect(found(about('addresses'), 'adress')).toEqual(['addresses']);
});

test('whole messages are not completed: their last word is not unfinished', () => {
  const index = about('password');

  expect(found(index, 'pasw')).toEqual(['password']);
  expect(found(index, 'pasw', 'text')).toEqual([]);
});
