import { expect, test } from 'vitest';
import { safeHtml } from '../../../../domain/mail/reply-text/safe-html.ts';

test.each([
  ['a script', '<p>hi</p><script>alert(1)</script>'],
  ['a handler', '<p onclick="alert(1)">hi</p>'],
  ['a style sheet', '<style>body{display:none}</style><p>hi</p>'],
  ['a frame', '<iframe src="https://evil.example/"></iframe><p>hi</p>'],
  ['a form', '<form action="https://evil.example"><input name="pin"><button>Go</button></form><p>hi</p>'],
  ['an object', '<object data="x.swf"></object><embed src="x.swf"><p>hi</p>'],
  ['a drawing', '<svg><script>alert(1)</script><a xlink:href="javascript:alert(1)">x</a></svg><p>hi</p>'],
  ['a base', '<base href="https://evil.example/"><p>hi</p>'],
  ['a refresh', '<meta http-equiv="refresh" content="0;url=https://evil.example"><p>hi</p>'],
])('%s does not survive, and the words do', (_, html) => {
  const safe = safeHtml(html) ?? '';

  expect(safe).toContain('hi');
  expect(safe).not.toMatch(/script|onclick|style|iframe|form|input|object|embed|svg|base|meta|evil|alert/i);
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox',
  '//evil.example/x',
])('a link to %s loses its address', (href) => {
  expect(safeHtml(`<a href="${href}">here</a>`)).not.toContain('href');
});

test('a link opens elsewhere and tells nobody where it was', () => {
  expect(safeHtml('<a href="https://shop.example/9" target="_top" rel="opener">here</a>')).toBe(
    '<a href="https://shop.example/9" target="_blank" rel="noopener noreferrer nofollow">here</a>',
  );
});

test('no picture is fetched: what it shows stays in words, and one without words is gone', () => {
  const safe = safeHtml(
    '<p>a<img src="https://track.example/p.gif?u=9" alt="Broken hinge">b<img src="cid:1">c<img src="data:image/png;base64,AAAA"></p>',
  );

  expect(safe).toContain('[Broken hinge]');
  expect(safe).not.toMatch(/img|track|cid|data:/);
});

test('nothing is fetched by a style, and nothing covers the page', () => {
  const safe = safeHtml(
    '<p style="background-image:url(https://track.example/x);position:fixed;top:0;color:red;background-color:url(x);font-weight:bold">hi</p><p style="color:url(https://track.example/y)">you</p>',
  );

  expect(safe).toBe('<p style="color:red;font-weight:bold">hi</p><p>you</p>');
});

test('direction, language and the colour of an answer are kept', () => {
  const safe = safeHtml('<div dir="rtl" lang="fa" class="x" id="y"><span style="color:#ff0000">در متن</span></div>');

  expect(safe).toBe('<div dir="rtl" lang="fa"><span style="color:#ff0000">در متن</span></div>');
});

test('old colours of old programs are kept as well', () => {
  expect(safeHtml('<font color="red" size="7">mine</font>')).toBe('<span style="color:red">mine</span>');
});

test.each([
  ['blank', '   '],
  ['without a word', '<p><br></p><div></div>'],
  ['full of what nobody wrote', `${'<img src="https://track.example/">'.repeat(6500)}<p>hi</p>`],
  ['larger than a screen can show', '<p>a</p>'.repeat(20_000)],
  ['one word without end', `<p>${'a'.repeat(120_000)}</p>`],
])('HTML that is %s is not shown', (_, html) => {
  expect(safeHtml(html)).toBeUndefined();
});

test('boxes within boxes are cut where no person nests them, and the words stay', () => {
  const safe = safeHtml(`${'<div>'.repeat(1000)}hi${'</div>'.repeat(1000)}`) ?? '';

  expect(safe).toContain('hi');
  expect(safe.match(/<div>/g)?.length).toBeLessThan(100);
});
