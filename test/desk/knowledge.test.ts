import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compileKnowledge } from '../../desk/compile/knowledge.ts';
import { asLines } from '../../desk/compile/mistakes.ts';

let from: string;
beforeEach(async () => {
  from = await mkdtemp(join(tmpdir(), 'knowledge-'));
});
afterEach(() => rm(from, { recursive: true }));

const put = async (path: string, text: string | Uint8Array): Promise<void> => {
  const file = join(from, 'knowledge', path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, text);
};

const matter = (over: Record<string, string> = {}): string => {
  const fields = {
    title: 'A title',
    category: 'payment',
    keywords: '[card]',
    reviewed: '2026-05-01',
    'review-every': '180d',
    ...over,
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]));
  return `---\n${lines.join('\n')}\n---\n`;
};

const compile = (over: Partial<Parameters<typeof compileKnowledge>[0]> = {}) =>
  compileKnowledge({
    from,
    languages: ['en'],
    categories: ['payment', 'shipping'],
    missingTranslation: 'warn',
    today: '2026-11-22',
    ...over,
  });

const told = async (body: string, over: Record<string, string> = {}): Promise<string[]> => {
  await put('en/an-article.md', `${matter(over)}${body}`);
  return asLines((await compile()).mistakes);
};

const FILE = 'desk/knowledge/en/an-article.md';

describe('an article', () => {
  test('becomes a page, a card and searchable words', async () => {
    await put('en/other.md', `${matter({ title: 'Other' })}Words.`);
    await put('en/an-article.md', `${matter()}It *helps*.\n\n## How\n\n1. See [this](other.md).\n`);

    const { knowledge, mistakes } = await compile();

    const article = knowledge.articles.find(({ slug }) => slug === 'an-article');
    expect(mistakes).toEqual([]);
    expect(article).toMatchObject({ locale: 'en', lead: 'It helps.', reviewBy: '2026-10-28', related: ['other'] });
    expect(article?.html).toContain('<h2 id="how">How</h2>');
    expect(article?.html).toContain('<a href="/kb/other?lang=en">this</a>');
    expect(knowledge.index.en).toContain('helps'.slice(0, 3));
  });

  test('says nothing that a browser could run, whatever stands in it', async () => {
    await put('en/an-article.md', `${matter()}A & B "quoted" \`<b>\`.\n\n    <script>\n`);

    const { knowledge } = await compile();

    expect(knowledge.articles[0]?.html).toContain('A &amp; B &quot;quoted&quot; <code dir="ltr">&lt;b&gt;</code>');
    expect(knowledge.articles[0]?.html).not.toContain('<script');
  });

  test('carries its pictures inside, so that nothing is fetched', async () => {
    await put('images/reader.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await put('en/an-article.md', `${matter()}See.\n\n![A reader](../images/reader.svg)\n`);

    const { knowledge, mistakes } = await compile();

    expect(mistakes).toEqual([]);
    expect(knowledge.articles[0]?.html).toMatch(/<img src="data:image\/svg\+xml;base64,[^"]+" alt="A reader">/);
  });
});

describe('a mistake', () => {
  test.each<[string, string, Record<string, string>, string]>([
    [
      'an unknown category',
      'Hi.',
      { category: 'paymnt' },
      `${FILE}:3: category "paymnt" is not in categories.yaml; did you mean "payment"?`,
    ],
    ['a missing title', 'Hi.', { title: '' }, `${FILE}:2: "title" is missing; add it`],
    [
      'a review in the future',
      'Hi.',
      { reviewed: '2026-11-23' },
      `${FILE}:5: 2026-11-23 has not come yet; write the day on which somebody read the article`,
    ],
    [
      'a review every hour',
      'Hi.',
      { 'review-every': '1h' },
      `${FILE}:6: an article is reviewed after a day at the earliest; write days, like 180d`,
    ],
    [
      'an unknown relative',
      'Hi.',
      { related: '[nobody]' },
      `${FILE}:7: there is no article "nobody"; there is "an-article"`,
    ],
    [
      'a broken link',
      'Hi.\n\nSee [that](gone.md).',
      {},
      `${FILE}:10: there is no article desk/knowledge/en/gone.md; write it or take the link away`,
    ],
    [
      'a broken link in a list',
      'Hi.\n\n- one\n- [that](gone.md)',
      {},
      `${FILE}:11: there is no article desk/knowledge/en/gone.md; write it or take the link away`,
    ],
    [
      'a link that runs',
      'Hi [x](javascript:alert(1)).',
      {},
      `${FILE}:8: "javascript:alert(1)" is no link an article may have; write other-article.md, /help, /kb, https://… or mailto:…`,
    ],
    [
      'a link without encryption',
      'Hi [x](http://example.com).',
      {},
      `${FILE}:8: "http://example.com" is no link an article may have; write other-article.md, /help, /kb, https://… or mailto:…`,
    ],
    ['raw markup', 'Hi.\n\n<b>bold</b>', {}, `${FILE}:10: raw HTML "<b>" is not allowed; write Markdown`],
    [
      'a block of markup',
      'Hi.\n\n<div>\nx\n</div>',
      {},
      `${FILE}:10: raw HTML "<div>\nx\n</div>" is not allowed; write Markdown`,
    ],
    ['a second title', 'Hi.\n\n# Title', {}, `${FILE}:10: the title stands above the article; begin headings with ##`],
    ['a heading that skips a level', 'Hi.\n\n#### Deep', {}, `${FILE}:10: this heading skips a level; write ##`],
    ['boxes to tick', 'Hi.\n\n- [ ] one', {}, `${FILE}:10: a list has no boxes to tick here; take "[ ]" away`],
    [
      'a picture from elsewhere',
      'Hi.\n\n![x](https://example.com/x.png)',
      {},
      `${FILE}:10: the picture "https://example.com/x.png" would be fetched from elsewhere; put it into desk/knowledge/images and write ../images/name`,
    ],
    [
      'a picture that is not there',
      'Hi.\n\n![x](../images/x.png)',
      {},
      `${FILE}:10: there is no picture desk/knowledge/images/x.png; add it`,
    ],
    ['nothing to read', '', {}, `${FILE}:8: the article says nothing; write a first paragraph`],
  ])('such as %s is told with its line and what to do', async (_, body, over, expected) => {
    const lines = await told(body, over);

    expect(lines).toContain(expected);
  });

  test('such as a picture without words is told', async () => {
    await put('images/reader.svg', '<svg/>');

    const lines = await told('Hi.\n\n![](../images/reader.svg)');

    expect(lines).toEqual([
      `${FILE}:10: the picture "../images/reader.svg" says nothing to those who do not see it; write ![what it shows](…)`,
    ]);
  });

  test('such as a missing front matter is told', async () => {
    await put('en/an-article.md', 'Just words.');

    expect(asLines((await compile()).mistakes)[0]).toMatch(/an-article.md:1: the front matter is missing; begin with/);
  });

  test('such as a picture that is too large, or no picture, is told', async () => {
    await put('images/large.png', new Uint8Array(12_001));
    await put('images/notes.txt', 'x');

    expect(asLines((await compile()).mistakes)).toEqual([
      'desk/knowledge/images/large.png:1: the picture has 12001 bytes, 12000 are allowed; make it smaller or draw it as SVG',
      'desk/knowledge/images/notes.txt:1: a picture is .svg, .png, .webp, .jpg; save it as one of these',
    ]);
  });

  test('such as a name that makes no address, or a language nobody speaks here, is told', async () => {
    await put('en/Über uns.md', matter());
    await put('en/suggest.md', matter());
    await put('fr/an-article.md', matter());

    expect(asLines((await compile()).mistakes)).toEqual([
      'desk/knowledge/en/suggest.md:1: name it in small letters, digits and hyphens with .md at its end; "suggest" is taken',
      'desk/knowledge/en/Über uns.md:1: name it in small letters, digits and hyphens with .md at its end; "suggest" is taken',
      'desk/knowledge/fr:1: language "fr" is not listed under "languages" in brand.yaml; did you mean "en"?',
    ]);
  });

  test('such as two articles with one title is told at the second', async () => {
    await put('en/one.md', `${matter()}Hi.`);
    await put('en/two.md', `${matter({ title: 'a Title' })}Hi.`);

    expect(asLines((await compile()).mistakes)).toEqual([
      'desk/knowledge/en/two.md:2: desk/knowledge/en/one.md has the same title; name them apart',
    ]);
  });

  test('such as an article that a phone would wait for is told', async () => {
    const lines = await told(`Hi.\n\n${'many words '.repeat(2000)}`);

    expect(lines.join()).toMatch(/an-article.md:2: the article makes \d+ bytes, 20000 are allowed; split it/);
  });
});

describe('an article that is not translated', () => {
  const untranslated = async (missingTranslation: 'warn' | 'refuse') => {
    await put('en/an-article.md', `${matter()}Hi.`);
    const { mistakes, warnings } = await compile({ languages: ['en', 'de'], missingTranslation });
    return { mistakes: asLines(mistakes), warnings: asLines(warnings) };
  };
  const gap = `${FILE}:1: there is no translation; add desk/knowledge/de/an-article.md`;

  test('is a warning, if the policy says so', async () => {
    expect(await untranslated('warn')).toEqual({ mistakes: [], warnings: [gap] });
  });

  test('is refused, if the policy says so', async () => {
    expect(await untranslated('refuse')).toEqual({ mistakes: [gap], warnings: [] });
  });
});

test('the shipped articles are there in every language, and none asks for a card number, a code or a password', async () => {
  const { knowledge, mistakes, warnings } = await compileKnowledge({
    from: join(import.meta.dirname, '..', '..', 'desk'),
    languages: ['en', 'de', 'fa'],
    categories: ['technical', 'interface', 'payment', 'account', 'shipping', 'feature-request', 'other'],
    missingTranslation: 'refuse',
    today: '2026-11-22',
  });
  const asking =
    /(send|tell|give|enter|schicken Sie|nennen Sie|geben Sie)[^.]{0,40}(card number|security code|CVV|PIN|Kartennummer|Prüfziffer)/i;

  const asked = knowledge.articles
    .map(({ html }) => html.replace(/<[^>]+>/g, ' '))
    .flatMap((text) =>
      text.split('. ').filter((sentence) => asking.test(sentence) && !/never|nie|not|nicht|Hide/i.test(sentence)),
    );

  expect([...mistakes, ...warnings]).toEqual([]);
  expect(Object.groupBy(knowledge.articles, ({ locale }) => locale)).toMatchObject({
    en: { length: 10 },
    de: { length: 10 },
    fa: { length: 10 },
  });
  expect(asked).toEqual([]);
});
