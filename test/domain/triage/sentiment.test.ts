import { describe, expect, test } from 'vitest';
import { feel } from '../../../domain/triage/sentiment.ts';
import { sentimentsOf } from '../../../domain/triage/sentiments-of.ts';
import { anEvent } from '../../support/builders.ts';

const felt: Array<[sentiment: string, language: string, text: string]> = [
  ['neutral', 'en', 'My payment fails with an error. Please help.'],
  ['neutral', 'en', 'Hello, thanks in advance, my card is declined again'],
  ['neutral', 'en', 'Not bad'],
  ['negative', 'en', 'This is the worst service, I am furious!'],
  ['negative', 'en', 'I am not happy with this, very disappointed'],
  ['negative', 'en', 'THIS IS RIDICULOUS, STILL NO ANSWER'],
  ['positive', 'en', 'Thank you so much, great help'],
  ['neutral', 'de', 'Meine Rechnung ist falsch, bitte prüfen'],
  ['negative', 'de', 'Das ist eine Frechheit, ich bin wirklich enttäuscht'],
  ['negative', 'de', 'Ich bin nicht zufrieden und sauer'],
  ['positive', 'de', 'Vielen Dank, tolle Hilfe, alles gut'],
  ['neutral', 'fa', 'پرداخت من انجام نشد'],
  ['negative', 'fa', 'خیلی ناراضی هستم، خدمات افتضاح است'],
  ['positive', 'fa', 'ممنون، عالی بود'],
  ['neutral', 'fr', 'Merci beaucoup, super, parfait'],
];

describe('how a text sounds', () => {
  test.each(felt)('is %s in %s: %s', (sentiment, language, text) => {
    expect(feel(text, language).sentiment).toBe(sentiment);
  });

  test('is what triage read of the first message, until a person says otherwise', () => {
    const opened = anEvent({ type: 'opened', channel: 'mail', message: 'm1' });
    const triaged = anEvent({
      type: 'triaged',
      priority: 'P3',
      category: 'payment',
      group: 'frontline',
      tier: 1,
      rules: [],
      sentiment: 'negative',
    });
    const labels = [
      anEvent({ type: 'labelled', message: 'm2', sentiment: 'positive' }),
      anEvent({ type: 'labelled', message: 'm2', sentiment: 'neutral' }),
    ];

    const sentiments = sentimentsOf([opened, triaged, ...labels]);

    expect([...sentiments]).toEqual([
      ['m1', 'negative'],
      ['m2', 'neutral'],
    ]);
  });
});
