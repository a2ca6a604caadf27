import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { RunningDesk } from '../../local/client/running-desk.ts';
import { axeSource, launchBrowser } from '../support/browser.ts';
import { startDesk } from '../support/journey.ts';

// A browser and a whole desk share the machine with whatever else runs: slow is not wrong.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let desk: RunningDesk;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  [desk, browser] = await Promise.all([startDesk(), launchBrowser()]);
  const context = await browser.newContext({ viewport: { width: 1480, height: 860 } });
  page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(`${desk.url}/_local/`);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

test('a mail written in the console becomes a ticket whose execution stands on its drawn machine', async () => {
  await page.getByText('Write to the desk').click();
  await page.getByLabel('Subject').fill('پرداخت نشد');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.locator('#tickets').getByText('پرداخت نشد').waitFor();
  await page.getByRole('button', { name: 'escalation', exact: true }).click();

  await page.locator('#graph .here text', { hasText: 'Await First Reply' }).waitFor();
  // The receipt is sent beside the workflow, in its own time.
  await page.locator('#mails').getByText('پرداخت نشد').first().waitFor();

  expect(await page.locator('#history li').count()).toBeGreaterThan(3);
  expect(await page.locator('#history').innerText()).toMatch(
    /Waits for a signal, until 24\sNov,\s\d\d:\d\d at the latest/,
  );
});

test('an execution is found by any part of what is said of it', async () => {
  const rows = page.locator('#executions .row');
  const found = async (what: string) => {
    await page.getByLabel('Find executions').fill(what);
    await page.waitForFunction(`document.querySelector('#executions').dataset.key !== undefined`);
    return rows.allInnerTexts();
  };
  const all = await rows.count();

  const [nothing, first] = [await found('no such thing'), await found('await first')];
  await found('');

  expect(nothing).toEqual([]);
  expect(first.join()).toContain('Await First Reply');
  await vi.waitFor(async () => expect(await rows.count()).toBe(all));
});

test('a mail is shown as its reader sees it, and nothing in it runs', async () => {
  await page.locator('#mails .row').first().click();
  const href = await page.getByRole('link', { name: 'as HTML' }).getAttribute('href');

  const answer = await page.request.get(`${desk.url}/_local/${href}`);

  expect(await answer.text()).toContain('<!doctype html>');
  expect(answer.headers()['content-security-policy']).toMatch(/^sandbox .*default-src 'none'/);
  expect((await page.request.get(`${desk.url}/_local/mail/999/html`)).status()).toBe(404);
});

test('moving the clock past the promise climbs the ladder before the eyes of the reader', async () => {
  await page.getByRole('button', { name: '+1 day' }).click();

  // The first execution of the ticket: a long life goes on in another.
  await page.locator('#executions').getByText('-1-escalation ·').last().click();
  await page.locator('#graph .visited text', { hasText: 'Climb The Ladder' }).waitFor();
  await page.locator('#tickets').getByText('advanced').waitFor();

  expect(await page.locator('#now').innerText()).toContain('24 Nov 2026');
});

test('the focus stays on its row while the list grows', async () => {
  const rows = page.locator('#executions .row');
  const before = await rows.count();
  await rows.first().focus();
  const named = await page.evaluate<string>('document.activeElement.dataset.of');

  await desk.request('POST', '/tickets', { subject: 'Another', body: 'One.', customer: { email: 'kim@shop.example' } });
  await vi.waitFor(async () => expect(await rows.count()).toBeGreaterThan(before), { timeout: 30_000 });

  expect(await page.evaluate<string>('document.activeElement.dataset.of')).toBe(named);
});

test('nothing on the page is out of reach of a screen reader or a keyboard', async () => {
  await page.evaluate(`${await axeSource()}; undefined`);
  const violations = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))',
  );

  expect(violations).toEqual([]);
  expect(complaints).toEqual([]);
});
