import { element, fill, getJson, linked, row, shortMoment } from './parts.js';

let chosen;

const show = (mail) => {
  const article = document.querySelector('#mail');
  if (!mail || article.dataset.key === String(mail.n)) return;
  article.dataset.key = String(mail.n);
  article.replaceChildren(
    element('h3', {}, mail.subject),
    element(
      'p',
      {},
      `to ${mail.to.join(', ')} · ${shortMoment(mail.at)} · `,
      ...(mail.html ? [element('a', { href: `mail/${mail.n}/html`, target: '_blank' }, 'as HTML'), ' · '] : []),
      element('a', { href: `mail/${mail.n}`, target: '_blank' }, 'raw'),
    ),
    element('pre', {}, ...linked(mail.text)),
  );
};

/** Every mail the desk sent, newest first. */
export const showMail = async () => {
  const { mails } = await getJson('mail');
  const newest = mails.toReversed();
  document.querySelector('#mail-count').textContent = `${mails.length} sent`;
  const current = newest.find(({ n }) => n === chosen);
  fill(
    '#mails',
    JSON.stringify([mails.length, chosen]),
    newest.map((mail) =>
      row(
        {
          of: String(mail.n),
          title: mail.subject,
          sub: `${mail.to.join(', ')} · ${shortMoment(mail.at)}`,
          current: mail.n === chosen,
        },
        () => {
          chosen = mail.n;
          showMail();
        },
      ),
    ),
    'No mail yet.',
  );
  show(current);
};

const address = async () => (await getJson('desk')).mailAddress;

/** RFC 5322 text; what is typed into one line stays one line. */
const rawMail = ({ from, to, subject, text }) =>
  [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: =?utf-8?B?${btoa(String.fromCharCode(...new TextEncoder().encode(subject)))}?=`,
    `Message-ID: <${crypto.randomUUID()}@console.example>`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
  ].join('\r\n');

document.querySelector('#compose').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const given = Object.fromEntries(
    [...new FormData(form)].map(([key, value]) => [key, key === 'text' ? value : value.replace(/[\r\n]/g, ' ')]),
  );
  const written = document.querySelector('#written');
  try {
    const to = await address();
    const answer = await fetch('mail', {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822', 'x-mail-from': given.from, 'x-rcpt-to': to },
      body: rawMail({ ...given, to }),
    });
    const { refused = [], detail } = await answer.json();
    if (!answer.ok || refused.length > 0) throw new Error(detail ?? `The desk takes no mail for ${refused.join(', ')}`);
    written.textContent = '';
    form.closest('details').open = false;
  } catch (error) {
    written.textContent = error.message;
  }
});
