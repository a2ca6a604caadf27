import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readLogo } from '../../desk/compile/logo.ts';

const root = join(import.meta.dirname, '..', '..');
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'logo-'));
});
afterEach(() => rm(folder, { recursive: true }));

const look = async (name: string, content: string | Buffer) => {
  await writeFile(join(folder, name), content);
  const mistakes: string[] = [];
  const logo = await readLogo(join(folder, name), name, (what) => mistakes.push(what));
  return { logo, mistakes };
};
const svg = (inside: string, attributes = 'viewBox="0 0 40 20"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`;

/** As far as a picture says how large it is. */
const png = (width: number, height: number): Buffer => {
  const bytes = Buffer.alloc(64);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(bytes);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};

describe('a logo', () => {
  test.each([
    ['logo.svg', svg('<path fill="url(#a)" d="M0 0h9"/><use href="#b"/>'), 2],
    ['logo.svg', svg('', 'width="30px" height="20"'), 1.5],
    ['logo.svg', `<?xml version="1.0"?>\n<!-- drawn by hand -->\n${svg('')}`, 2],
    ['logo.png', png(64, 64), 1],
  ])('is taken as it is: %s, %#', async (name, content, ratio) => {
    const { logo, mistakes } = await look(name, content);

    expect(mistakes).toEqual([]);
    expect(logo?.ratio).toBe(ratio);
    expect(logo?.bytes).toEqual(Buffer.from(content));
  });

  test.each([
    ['runs a script', svg('<script>alert(1)</script>'), /has <script>/],
    ['runs a handler', svg('<path onclick="alert(1)"/>'), /has onclick="alert\(1\)"/],
    ['holds a page', svg('<foreignObject><p>1</p></foreignObject>'), /has <foreignObject>/],
    ['has styles of its own', svg('<style>@import url(https://example.com)</style>'), /has <style>/],
    ['fetches a picture', svg('<image href="https://example.com/a.png"/>'), /has <image>/],
    ['refers to elsewhere', svg('<use xlink:href="https://example.com/a.svg#a"/>'), /has xlink:href="https/],
    ['paints from elsewhere', svg('<path fill="url( https://example.com/a#b)"/>'), /has fill="url\(/],
    ['hides what it says', svg('<use href="&#106;avascript:1"/>'), /has href=/],
    ['changes itself', svg('<set attributeName="href" to="//example.com"/>'), /has <set>/],
    ['hides it deeper', svg('<g><g><a href="https://example.com"/></g></g>'), /has <a>/],
    ['declares entities', `<!DOCTYPE svg [<!ENTITY x "y">]>${svg('')}`, /declares entities/],
    ['is no picture', 'Example Support', /neither a PNG nor an SVG/],
    ['is a page', '<html><body/></html>', /has <html>/],
    ['is half an SVG', svg('<path').slice(0, 120), /neither a PNG nor an SVG/],
    ['does not say how large it is', svg('', ''), /give its <svg> a viewBox/],
    ['is a banner', svg('', 'viewBox="0 0 700 100"'), /7\.0 times as wide as high/],
    ['is too heavy', svg(`<path d="${'M0 0h9 '.repeat(3000)}"/>`), /\d+ bytes, 20000 are allowed/],
    ['is of another kind than its name', png(8, 8), /is PNG by what is in it/],
  ])('is refused when it %s', async (_, content, mistake) => {
    const { logo, mistakes } = await look('logo.svg', content);

    expect(logo).toBeUndefined();
    expect(mistakes).toEqual([expect.stringMatching(mistake)]);
  });

  test('that is not there is missed by its name', async () => {
    const mistakes: string[] = [];

    await readLogo(join(folder, 'mark.svg'), 'mark.svg', (what) => mistakes.push(what));

    expect(mistakes).toEqual(['there is no file desk/mark.svg; put the picture there']);
  });
});

test('the licence of the font is the one it came with', () => {
  const ours = readFileSync(join(root, 'docs/licences/vazirmatn.txt'), 'utf8');

  const theirs = readFileSync(createRequire(import.meta.url).resolve('@fontsource/vazirmatn/LICENSE'), 'utf8');

  expect(ours).toBe(theirs);
});
