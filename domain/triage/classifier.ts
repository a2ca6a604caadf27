import { createHash } from 'node:crypto';
import naiveBayes from 'wink-naive-bayes-text-classifier';
import type { Policy } from '../policy.ts';
import type { Instant } from '../support/time.ts';
import type { CustomerId } from '../ticket/ticket.ts';
import type { Opinion } from './categorise.ts';
import { wordList } from './words.ts';

/** A ticket that was answered to the end, with the category a person gave it or let stand. */
export interface Example {
  id: string;
  customer: CustomerId;
  text: string;
  category: string;
}

/** What was learned: counts of hashed words by category, and how well they told categories they had not seen. */
export interface CategoryModel {
  /** When it was trained. */
  version: Instant;
  examples: number;
  perCategory: Record<string, number>;
  /** Of the examples held out: how many were asked, how many it was sure of, how many of those were right. */
  heldOut: { asked: number; answered: number; right: number };
  /** The library's own text; holds hashes and numbers alone. */
  counts: string;
}

/** A word is learned only if so many different customers used it: rarer ones may be names, numbers and addresses. */
const CUSTOMERS_PER_WORD = 3;

/** The words most customers use; more would make the model heavier and hardly better. */
const MOST_WORDS = 2000;

/** The library refuses to learn from less. */
const LEAST_WORDS = 10;

/** A text is known by its first different words; the rest repeats them. */
const WORDS_OF_A_TEXT = 200;

/** Every fifth example is held out, by its id, so that training twice holds out the same. */
const isHeldOut = ({ id }: Example): boolean => (hash(id).codePointAt(0) ?? 0) % 5 === 0;

const hash = (word: string): string => createHash('sha256').update(word).digest('base64url').slice(0, 8);

/** The different words of a text, hashed; what holds a digit is a number, a code or an address, and no word. */
const tokensOf = (text: string): string[] =>
  [...new Set(wordList(text).filter((word) => word.length > 1 && !/\p{N}/u.test(word)))]
    .slice(0, WORDS_OF_A_TEXT)
    .map(hash);

/** Learns from all examples; how well that goes is measured on a fifth of them, by a model that has not seen it. */
export const train = (examples: readonly Example[], now: Instant, { triage }: Policy): CategoryModel => {
  const judged = examples.filter(isHeldOut);
  const trial = guesserOf(learn(examples.filter((example) => !isHeldOut(example))));
  const answers = judged
    .map((example) => ({ example, guess: trial(example.text) }))
    .filter(({ guess }) => guess !== undefined && guess.confidence >= triage.classifier.confidence);
  return {
    version: now,
    examples: examples.length,
    perCategory: Object.fromEntries(
      [...Map.groupBy(examples, ({ category }) => category)].map(([category, all]) => [category, all.length]),
    ),
    heldOut: {
      asked: judged.length,
      answered: answers.length,
      right: answers.filter(({ example, guess }) => guess?.category === example.category).length,
    },
    counts: learn(examples),
  };
};

/** Empty when there is nothing to tell apart: fewer than two categories, or hardly a word that customers share. */
const learn = (examples: readonly Example[]): string => {
  const shared = sharedWords(examples);
  const lessons = examples
    .map(({ text, category }) => ({ tokens: tokensOf(text).filter((token) => shared.has(token)), category }))
    .filter(({ tokens }) => tokens.length > 0);
  if (new Set(lessons.map(({ category }) => category)).size < 2 || shared.size < LEAST_WORDS) return '';
  const model = prepared();
  for (const { tokens, category } of lessons) model.learn(tokens.join(' '), category);
  model.consolidate();
  return model.exportJSON();
};

const prepared = () => {
  const model = naiveBayes();
  model.definePrepTasks([(tokens) => tokens.split(' ').filter((token) => token !== '')]);
  model.defineConfig({ considerOnlyPresence: true, smoothingFactor: 0.5 });
  return model;
};

const sharedWords = (examples: readonly Example[]): Set<string> => {
  const customers = new Map<string, Set<CustomerId>>();
  for (const { text, customer } of examples)
    for (const token of tokensOf(text)) customers.set(token, (customers.get(token) ?? new Set()).add(customer));
  return new Set(
    [...customers]
      .filter(([, of]) => of.size >= CUSTOMERS_PER_WORD)
      .sort(([a, one], [b, other]) => other.size - one.size || (a < b ? -1 : 1))
      .slice(0, MOST_WORDS)
      .map(([token]) => token),
  );
};

type Guess = { category: string; confidence: number };

/** The likeliest category with its probability; nothing when the model knows no word of the text. */
const guesserOf = (counts: string): ((text: string) => Guess | undefined) => {
  if (counts === '') return () => undefined;
  const model = prepared();
  model.importJSON(counts);
  model.consolidate();
  return (text) => {
    const [[category, odds] = ['', 0]] = model.computeOdds(tokensOf(text).join(' '));
    // The library answers odds of 0 when no word of the text is known.
    return odds === 0 ? undefined : { category, confidence: Math.round((1 / (1 + 2 ** -odds)) * 100) / 100 };
  };
};

/** Reading a model takes longer than asking it, and a function asks the same one for days. */
const guessers = new WeakMap<CategoryModel, ReturnType<typeof guesserOf>>();
const guessOf = (model: CategoryModel, text: string): Guess | undefined => {
  const guess = guessers.get(model) ?? guesserOf(model.counts);
  guessers.set(model, guess);
  return guess(text);
};

/** Why a model is not asked, if it has learned too little or told too badly what it had not seen. */
const whyNot = ({ examples, heldOut }: CategoryModel, { triage }: Policy): string | undefined => {
  const { examples: enough, confidence } = triage.classifier;
  if (examples < enough) return `The classifier knows ${examples} of ${enough} examples.`;
  if (heldOut.answered === 0 || heldOut.right / heldOut.answered < confidence)
    return `The classifier told ${heldOut.right} of ${heldOut.answered} held-out tickets right, which is too few.`;
  return undefined;
};

/** What the desk's own past says of a text: a category, if the model is good enough and sure enough. */
export const askClassifier = (model: CategoryModel | undefined, text: string, policy: Policy): Opinion | undefined => {
  if (model === undefined) return undefined;
  const rule = 'category.classifier' as const;
  const not = whyNot(model, policy);
  if (not !== undefined) return { rule, why: not };
  const guess = guessOf(model, text);
  if (guess === undefined) return { rule, why: 'The classifier knows no word of the text.' };
  const { category, confidence } = guess;
  const least = policy.triage.classifier.confidence;
  return confidence < least
    ? { rule, confidence, why: `The classifier would say ${category}, at ${confidence} of ${least} needed.` }
    : {
        rule,
        category,
        confidence,
        why: `Category ${category}, as the classifier of ${model.version} says (${confidence}).`,
      };
};
