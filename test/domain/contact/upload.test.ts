import { expect, test } from 'vitest';
import { savedAs, servedType } from '../../../domain/contact/upload.ts';
import { seenBrowser } from '../../../domain/contact/user-agent.ts';

test.each([
  ['log.txt', `attachment; filename="log.txt"; filename*=UTF-8''log.txt`],
  ['گزارش.png', `attachment; filename="_____.png"; filename*=UTF-8''%DA%AF%D8%B2%D8%A7%D8%B1%D8%B4.png`],
  ['a"; x=\r\nb', `attachment; filename="a_; x=__b"; filename*=UTF-8''a%22%3B%20x%3D%0D%0Ab`],
  ["it's (1) 50%.pdf", `attachment; filename="it's (1) 50_.pdf"; filename*=UTF-8''it%27s%20%281%29%2050%25.pdf`],
])('%j is saved under its name and cannot leave the header', (name, disposition) => {
  expect(savedAs(name)).toBe(disposition);
});

test.each(['image/svg+xml', 'text/html', 'application/zip', 'video/mp4', 'nonsense'])(
  '%s is handed out as bytes',
  (type) => {
    expect(servedType(type)).toBe('application/octet-stream');
  },
);

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Windows', 'Firefox 145'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    'Mac',
    'Safari 18',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'iPhone',
    'Safari 18',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.1 Mobile/15E148 Safari/604.1',
    'iPhone',
    'Chrome 142',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
    'Windows',
    'Edge 142',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
    'Android',
    'Samsung Internet 28',
  ],
])('%s is told as people say it', (userAgent, device, browser) => {
  expect(seenBrowser(userAgent)).toEqual({ device, browser });
});

test('what is no browser is not guessed at', () => {
  expect(seenBrowser('curl/8.5.0')).toEqual({});
});
