import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import checklists from '#desk/checklists.json' with { type: 'json' };
import templates from '#desk/templates.json' with { type: 'json' };
import { asksForSecrets } from '../../desk/compile/asks-for-secrets.ts';
import { DeskMistakes } from '../../desk/compile/mistakes.ts';
import { compileDesk } from '../../desk/compile.ts';

const root = join(import.meta.dirname, '..', '..');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-help-'));
  const yaml = (await readdir(join(root, 'desk'))).filter((name) => /\.(yaml|svg)$/.test(name));
  await Promise.all(
    [...yaml, 'versions', 'locales', 'templates'].map((name) =>
      cp(join(root, 'desk', name), join(folder, name), { recursive: true }),
    ),
  );
});
afterEach(() => rm(folder, { recursive: true }));

const edit = async (file: string, from: string, to: string): Promise<void> => {
  const text = await readFile(join(folder, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no "${from}"`);
  await writeFile(join(folder, file), text.replace(from, to));
};
const mistakes = async (): Promise<readonly string[]> => {
  try {
    await compileDesk({ from: folder, to: join(folder, 'out') });
    return [];
  } catch (error) {
    if (error instanceof DeskMistakes) return error.mistakes;
    throw error;
  }
};

describe('what operators are helped with', () => {
  test('is there in every language of the desk: eight templates, seven checklists', () => {
    const names = [...new Set(templates.map(({ name }) => name))];

    expect(names).toEqual(expect.arrayContaining(['failed-payment', 'late-delivery', 'refund-demand']));
    for (const name of names)
      expect(templates.filter((each) => each.name === name).map(({ locale }) => locale)).toEqual(['en', 'de', 'fa']);
    expect(checklists.map(({ id }) => id)).toEqual([
      'account-activation',
      'transaction-error',
      'password-reset',
      'device-compatibility',
      'feature-question',
      'hardware',
      'software-fault',
    ]);
  });

  test.each(templates.map((template) => [`${template.locale}/${template.name}`, template] as const))(
    'the template %s feels with the customer, apologises and names its ticket',
    (_, { body }) => {
      expect(body).toMatch(/sorry|tut mir leid|Entschuldigung|متأسفم|پوزش/);
      expect(body).toContain('{ticket.id}');
      expect(body).toContain('{agent.name}');
    },
  );

  test.each([
    ['an unknown blank', '{ticket.id}', '{tiket.id}', 'there is no blank {tiket.id}; did you mean "ticket.id"?'],
    ['a name that may be unknown', '{customer.name|there}', '{customer.name}', 'is not always known'],
    ['a lonely brace', 'Kind regards,', 'Kind regards}', 'a brace stands alone'],
    ['a demand for card details', 'Kind regards,', 'Please send us your card number and CVV.', 'asks for card details'],
    ['a demand for a password', 'Kind regards,', 'Reply with your password.', 'asks for card details or a secret'],
    ['a category nobody has', 'categories: [payment]', 'categories: [paiment]', 'did you mean "payment"?'],
  ])('a template with %s is refused with its line and a remedy', async (_, from, to, what) => {
    const file = 'templates/en/failed-payment.md';
    await edit(file, from, to);
    const line = (await readFile(join(folder, file), 'utf8')).split('\n').findIndex((each) => each.includes(to)) + 1;

    const [told, ...others] = await mistakes();

    expect(others).toEqual([]);
    expect(told).toContain(what);
    expect(told).toMatch(new RegExp(`^desk/templates/en/failed-payment\\.md:${line}: `));
  });

  test('a template without a translation, and a folder of no language, are refused', async () => {
    await rm(join(folder, 'templates/fa/closing.md'));
    await cp(join(folder, 'templates/en'), join(folder, 'templates/fr'), { recursive: true });

    expect(await mistakes()).toEqual([
      'desk/templates/en/closing.md:1: there is no translation; add desk/templates/fa/closing.md',
      expect.stringContaining('desk/templates/fr:1: language "fr" is not listed'),
    ]);
  });

  test('a checklist without words in a language, with an unknown category, or asking for secrets is refused', async () => {
    await edit('checklists.yaml', ', fa: "فعال‌سازی حساب" }', ' }');
    await edit('checklists.yaml', 'categories: [payment]', 'categories: [paymnt]');
    await edit('checklists.yaml', 'Note model, serial number', 'Ask for the card number and note the model');

    const told = await mistakes();

    expect(told).toEqual([
      expect.stringContaining('there are no words in "fa"; add them'),
      expect.stringContaining('category "paymnt" is not in categories.yaml; did you mean "payment"?'),
      expect.stringContaining('this asks for card details or a secret'),
    ]);
  });

  test.each([
    ['What is your PIN?', true],
    ['Bitte schicken Sie uns Ihr Passwort.', true],
    ['Wie lautet Ihre Kartennummer?', true],
    ['لطفاً شماره کارت خود را بنویسید.', true],
    ['Never send us a password.', false],
    ['Ihre Kartendaten brauchen wir dafür nie.', false],
    ['برای این کار هرگز به اطلاعات کارت شما نیاز نداریم.', false],
    ['Choose a new password.', false],
  ])('%j asks for a secret: %s', (text, asks) => {
    expect(asksForSecrets(text) !== undefined).toBe(asks);
  });
});
