import { describe, expect, test } from 'vitest';
import { recategorise } from '../../../domain/ticket/acts/recategorise.ts';
import { resolve } from '../../../domain/ticket/acts/resolve.ts';
import type { Message } from '../../../domain/ticket/message.ts';
import { askClassifier, type CategoryModel, type Example, train } from '../../../domain/triage/classifier.ts';
import { exampleOf } from '../../../domain/triage/example-of.ts';
import { aContext, afterChange, aLedger, aPolicy, mondayAt9, theCategories } from '../../support/builders.ts';
import { granted } from '../../support/decisions.ts';

const policy = aPolicy();
const ctx = aContext();

const words: Record<string, string[]> = {
  heating: ['radiator', 'cold', 'boiler', 'valve', 'warm', 'thermostat'],
  garden: ['lawn', 'hedge', 'mower', 'roses', 'sprinkler', 'compost'],
};

/** Texts of three words of their category each, from as many customers. */
const examples = (count: number): Example[] =>
  Array.from({ length: count }, (_, index) => {
    const category = index % 2 === 0 ? 'heating' : 'garden';
    const own = words[category] ?? [];
    const picked = [0, 1, 2].map((step) => own[(index + step) % own.length]);
    return { id: `T-${index}`, customer: `c${index}`, category, text: `The ${picked.join(' and ')} of unit ${index}` };
  });

const trained = (count = 80): CategoryModel => train(examples(count), mondayAt9, policy);

describe('what the desk’s own tickets teach', () => {
  test('sorts a text it has not seen, with how sure it is', () => {
    const opinion = askClassifier(trained(), 'Our boiler is broken and the radiator is cold', policy);

    expect(opinion).toMatchObject({ rule: 'category.classifier', category: 'heating' });
    expect(opinion?.confidence).toBeGreaterThanOrEqual(0.8);
  });

  test('is measured on tickets held out, and says nothing when it told them badly', () => {
    const { heldOut, perCategory, examples: learned } = trained();
    const bad = { ...trained(), heldOut: { asked: 20, answered: 10, right: 7 } };

    expect(heldOut.asked).toBeGreaterThan(5);
    expect(heldOut.right).toBe(heldOut.answered);
    expect([perCategory, learned]).toEqual([{ heating: 40, garden: 40 }, 80]);
    expect(askClassifier(bad, 'boiler radiator valve', policy)).toEqual({
      rule: 'category.classifier',
      why: 'The classifier told 7 of 10 held-out tickets right, which is too few.',
    });
  });

  test('says nothing when it was sure of none of them', () => {
    const silent = { ...trained(), heldOut: { asked: 20, answered: 0, right: 0 } };

    expect(askClassifier(silent, 'boiler radiator valve', policy)).not.toHaveProperty('category');
  });

  test('is not asked before there is enough of it, nor when there is none', () => {
    expect(askClassifier(trained(40), 'boiler radiator valve', policy)).toEqual({
      rule: 'category.classifier',
      why: 'The classifier knows 40 of 50 examples.',
    });
    expect(askClassifier(undefined, 'boiler', policy)).toBeUndefined();
  });

  test('names no category below the confidence of the policy, nor for words it does not know', () => {
    const unsure = askClassifier(trained(), 'A boiler in the garden beside the lawn: valve, hedge', policy);

    expect(unsure).not.toHaveProperty('category');
    expect(askClassifier(trained(), 'Wie spät ist es?', policy)).toEqual({
      rule: 'category.classifier',
      why: 'The classifier knows no word of the text.',
    });
  });

  test('holds no word of anybody: only hashes of words that several customers wrote', () => {
    const secret = {
      id: 'T-1',
      customer: 'c1',
      category: 'garden',
      text: 'Zaphod Beeblebrox 4111 lawn zaphod@example.com',
    };
    const all = [...examples(80), secret, { ...secret, id: 'T-2', customer: 'c1' }, { ...secret, id: 'T-3' }];
    const without = train(examples(80), mondayAt9, policy);

    const { counts } = train(all, mondayAt9, policy);

    expect(counts).not.toMatch(/lawn|boiler|zaphod|4111|c1\b/i);
    expect(JSON.parse(counts)[4].toSorted()).toEqual(JSON.parse(without.counts)[4].toSorted());
  });

  test('is nothing when all tickets are of one category, or share no words', () => {
    const same = examples(80).filter(({ category }) => category === 'garden');
    const strange = examples(80).map((example, index) => ({ ...example, text: `w${'x'.repeat(index + 1)}` }));

    expect(train(same, mondayAt9, policy).counts).toBe('');
    expect(train(strange, mondayAt9, policy).counts).toBe('');
    expect(askClassifier(train(same, mondayAt9, policy), 'lawn', policy)).not.toHaveProperty('category');
  });
});

describe('a ticket teaches', () => {
  const message: Message = {
    id: 'm1',
    ticketId: 'T-7K2M9Q',
    at: mondayAt9,
    direction: 'in',
    channel: 'mail',
    author: 'customer:x',
    text: 'The card is refused.',
    attachments: [],
  };
  const resolved = (ledger = aLedger()) => afterChange(ledger, granted(resolve(ledger, { agent: 'ada' }, ctx)));
  const unsorted = aLedger({ subject: 'Hello', text: 'Hello' });

  test('the category that keywords gave it and an agent let stand', () => {
    expect(exampleOf(resolved(), [message])).toMatchObject({
      category: 'payment',
      text: 'My payment fails\nThe card is refused.',
    });
  });

  test('the category an agent gave it', () => {
    const to = { category: 'technical', by: 'agent:ada' as const, categories: theCategories() };
    const sorted = afterChange(unsorted, granted(recategorise(unsorted, to, ctx)));

    expect(exampleOf(resolved(sorted), [message])?.category).toBe('technical');
  });

  test('nothing while it lives, when nobody sorted it, or when its first message is no customer’s', () => {
    expect(exampleOf(aLedger(), [message])).toBeUndefined();
    expect(exampleOf(resolved(unsorted), [message])).toBeUndefined();
    expect(exampleOf(resolved(), [{ ...message, quarantined: 'sender' }])).toBeUndefined();
  });
});
