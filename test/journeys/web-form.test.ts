import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { axeSource, launchBrowser } from '../support/browser.ts';
import { mailsTo, seen, startDesk } from '../support/journey.ts';

// A browser shares the machine with whatever else runs: slow is not wrong.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const FILES = [
  { name: 'گزارش خطا E-1042.png', mimeType: 'text/html', buffer: PNG },
  { name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('E-1042\n') },
];

let desk: RunningDesk;
let base: string;
let browser: Browser;
beforeAll(async () => {
  [desk, browser] = await Promise.all([startDesk(), launchBrowser()]);
  base = `http://127.0.0.1:${desk.ports.http}`;
});
afterAll(() => Promise.all([browser?.close(), desk?.stop()]));

const visit = async <T>(options: BrowserContextOptions, look: (page: Page, complaints: string[]) => Promise<T>) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${base}/help`);
    return await look(page, complaints);
  } finally {
    await context.close();
  }
};

const fillIn = async (page: Page, email: string) => {
  await page.locator('#a-subject').fill('Card refused');
  await page.locator('#a-message').fill('My card is refused.');
  await page.locator('#a-name').fill('Mina Rezaei');
  await page.locator('#a-email').fill(email);
};

/** Sends the form, and waits for what comes of it; the id of the ticket. */
const send = async (page: Page): Promise<string> => {
  await page.locator('[data-send]').click();
  await page.waitForURL('**/help/thanks/**');
  await desk.settle();
  return (await page.locator('.told bdi').first().textContent()) ?? '';
};

const broken = async (page: Page): Promise<string[]> => {
  await page.evaluate(await axeSource());
  return page.evaluate(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] })
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))`,
  );
};

test('with scripts, files go to the bucket at once, and the promise is told in the visitor’s own time', async () => {
  const email = 'mina@shop.example';

  const { id, promise, violations, complaints } = await visit(
    { locale: 'fa-IR', timezoneId: 'Asia/Tehran' },
    async (page, heard) => {
      await fillIn(page, email);
      await page.locator('#pick').setInputFiles(FILES);
      await page.locator('[data-held] input[name]').nth(1).waitFor();
      const found = await broken(page);
      const ticket = await send(page);
      await page.reload();
      found.push(...(await broken(page)));
      const said = await page.locator('.told time').textContent();
      return { id: ticket, promise: said, violations: found, complaints: heard };
    },
  );

  expect(violations).toEqual([]);
  expect(complaints).toEqual([]);
  expect(promise).toBe('سه‌شنبه ۳ آذر ۱۴۰۵ ساعت ۱۱:۳۰');
  const { ticket, messages } = await seen(desk, id);
  expect(ticket.customer).toMatchObject({ email, locale: 'fa' });
  expect(messages[0]).toMatchObject({
    attachments: expect.arrayContaining([
      expect.objectContaining({ name: 'گزارش خطا E-1042.png', type: 'image/png' }),
      expect.objectContaining({ name: 'log.txt', type: 'text/plain' }),
    ]),
  });
  expect(await mailsTo(desk, email)).toHaveLength(1);
});

test('without scripts, files are attached in a frame, and what was typed stays where it is', async () => {
  const id = await visit({ locale: 'de-DE', javaScriptEnabled: false }, async (page) => {
    await fillIn(page, 'jan@shop.example');
    const frame = page.frameLocator('iframe');
    for (const file of [...FILES, { ...FILES[0], name: 'wrong.png', mimeType: 'image/png', buffer: PNG }]) {
      await frame.locator('#file').setInputFiles(file);
      await frame.locator('button', { hasNotText: '×' }).click();
      await frame.locator('.held li', { hasText: file.name }).waitFor();
    }
    await frame.locator('.held li', { hasText: 'wrong.png' }).locator('button').click();
    await frame.locator('.held li', { hasText: 'wrong.png' }).waitFor({ state: 'detached' });
    return send(page);
  });

  const { messages } = await seen(desk, id);
  expect(messages[0]).toMatchObject({
    text: 'My card is refused.',
    attachments: [
      expect.objectContaining({ name: 'گزارش خطا E-1042.png' }),
      expect.objectContaining({ name: 'log.txt' }),
    ],
  });
});

test('a file of a message is still there a month later, one that no message named is not', {
  timeout: 180_000,
}, async () => {
  const upload = async () => {
    const offer = await desk.request('POST', '/uploads', { name: 'a.png', bytes: PNG.length });
    const form = new FormData();
    for (const [name, value] of Object.entries<string>(offer.json.fields)) form.append(name, value);
    form.append('file', new Blob([PNG]), 'a.png');
    const posted = await fetch(offer.json.url, { method: 'POST', body: form });
    const done = await desk.request('POST', `/uploads/${offer.json.id}/done`);
    expect([posted.status, done.status], done.text).toEqual([204, 200]);
    return done.json.receipt;
  };
  const ticketWith = async (receipt: string) => {
    const customer = { email: 'kim@shop.example' };
    const body = { subject: 'S', body: 'B', customer, attachments: [receipt] };
    return desk.request('POST', '/tickets', body);
  };
  const [used, unused] = [await upload(), await upload()];

  const opened = await ticketWith(used);
  await desk.settle();
  await desk.move({ advance: 'P2D' });
  const late = await ticketWith(unused);
  await desk.move({ advance: 'P28D' });

  expect([opened.status, late.status]).toEqual([201, 422]);
  const { messages } = await seen(desk, opened.json.ticket.id);
  const path = `${opened.json.links.ticket}/attachments/${messages[0]?.id}/0`;
  const file = await fetch(path);
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(file.headers.get('content-disposition')).toMatch(/^attachment;/);
});
