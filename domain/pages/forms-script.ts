import { createHash } from 'node:crypto';

/**
 * The script of forms: nothing needs it, and everything is quicker with it. It fills in the visitor's time zone, offers
 * articles while the subject is typed, sends files as soon as they are chosen, and keeps a form from being sent twice by
 * two quick clicks. It puts text into the page as text alone, and knows no words: they stand in the page's attributes.
 */
export const FORMS_SCRIPT = `'use strict';
(() => {
  const form = document.querySelector('form[data-lang]') ?? document.getElementById('files')?.closest('form');
  if (!form) return;
  const find = (selector) => form.querySelector(selector);

  const zone = find('[name=zone]');
  if (zone) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';

  // Articles while the subject is typed.
  const answers = document.getElementById('answers');
  const subject = document.getElementById('a-subject');
  if (answers && subject && form.dataset.suggest) {
    let timer, asked;
    const show = (articles) => {
      const items = articles.slice(0, 3).map(({ title, url }) => {
        const link = Object.assign(document.createElement('a'), { textContent: title, target: '_blank', rel: 'noopener' });
        link.href = url ?? '';
        link.append(Object.assign(document.createElement('span'), { className: 'unseen', textContent: ' (' + form.dataset.newTab + ')' }));
        const item = document.createElement('li');
        item.append(link);
        return item;
      });
      answers.querySelector('ul').replaceChildren(...items);
      answers.hidden = items.length === 0;
      // Below the line that is being typed, which must not move.
      subject.closest('.question').after(answers);
    };
    subject.addEventListener('input', () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        asked?.abort();
        asked = new AbortController();
        const q = subject.value.trim();
        if (q.length < 4) return show([]);
        try {
          const query = new URLSearchParams({ q, lang: form.dataset.lang });
          const answer = await fetch(form.dataset.suggest + '?' + query, { signal: asked.signal });
          if (answer.ok) show((await answer.json()).articles);
        } catch {
          // Suggestions are a help, not a duty: without an answer the form stays as it is.
        }
      }, 400);
    });
  }

  // Files.
  const picker = find('[data-picker]');
  let sending = 0;
  if (picker) {
    const held = find('[data-held]');
    const status = find('[data-status]');
    const leaveOut = find('[data-leave-out]');
    const words = picker.dataset;
    const most = Number(words.most);
    const size = (bytes) => {
      const mega = bytes >= 1e6;
      return new Intl.NumberFormat(document.documentElement.lang, {
        style: 'unit', unit: mega ? 'megabyte' : 'kilobyte', maximumFractionDigits: mega ? 1 : 0,
        unitDisplay: document.documentElement.dir === 'rtl' ? 'long' : 'short',
      }).format(mega ? bytes / 1e6 : Math.max(1, bytes / 1e3));
    };
    const bdi = (text) => Object.assign(document.createElement('bdi'), { textContent: text });
    const small = (text) => {
      const span = Object.assign(document.createElement('span'), { className: 'small' });
      span.append(bdi(text));
      return span;
    };
    const tell = (name, text) => {
      const line = document.createElement('span');
      line.append(bdi(name), ' ' + text, document.createElement('br'));
      status.append(line);
    };
    const row = (name) => {
      const label = Object.assign(document.createElement('label'), { className: 'option' });
      const box = Object.assign(document.createElement('input'), { type: 'checkbox', disabled: true });
      const text = document.createElement('span');
      const note = small(words.sending);
      text.append(bdi(name), ' ', note);
      label.append(box, text);
      held.append(label);
      return {
        label,
        progress: (share) => note.replaceChildren(bdi(words.sending + ' ' + new Intl.NumberFormat(document.documentElement.lang, { style: 'percent' }).format(share))),
        done: ({ receipt, file }) => {
          const taken = new Set([...held.querySelectorAll('input[name]')].map(({ name }) => name));
          let free = 1;
          while (taken.has('file-' + free)) free += 1;
          Object.assign(box, { name: 'file-' + free, value: receipt, disabled: false, checked: true });
          text.replaceChildren(bdi(file.name), ' ', small(size(file.bytes)));
        },
      };
    };
    const json = async (path, body) => {
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error('refused: ' + answer.status);
      return answer.json();
    };
    const post = ({ url, fields }, file, progress) =>
      new Promise((done, failed) => {
        const data = new FormData();
        for (const [name, value] of Object.entries(fields)) data.append(name, value);
        data.append('file', file);
        const request = new XMLHttpRequest();
        request.open('POST', url);
        request.upload.onprogress = ({ loaded, total }) => progress(loaded / total);
        request.onload = () => (request.status < 300 ? done() : failed(new Error('refused: ' + request.status)));
        request.onerror = () => failed(new Error('unreachable'));
        request.send(data);
      });
    const attach = async (file) => {
      const entry = row(file.name);
      sending += 1;
      try {
        const offer = await json('/uploads', { name: file.name, bytes: file.size, type: file.type });
        await post(offer, file, entry.progress);
        entry.done(await json('/uploads/' + offer.id + '/done', {}));
        leaveOut.hidden = false;
        tell(file.name, '✓');
      } catch {
        entry.label.remove();
        tell(file.name, words.failed);
      } finally {
        sending -= 1;
      }
    };
    picker.hidden = false;
    leaveOut.hidden = held.children.length === 0;
    const pick = picker.querySelector('input');
    pick.addEventListener('change', () => {
      status.replaceChildren();
      for (const file of pick.files) {
        const ticked = [...held.querySelectorAll('input')].filter(({ checked, disabled }) => checked || disabled);
        if (ticked.length >= most) tell(file.name, words.full);
        else if (file.size > Number(words.bytes)) tell(file.name, words.big);
        else if (file.size === 0) tell(file.name, words.empty);
        else attach(file);
      }
      pick.value = '';
    });
  }

  // A form is sent once, and not before its files have arrived.
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sending > 0) {
      event.preventDefault();
      find('[data-status]').textContent = picker.dataset.wait;
      return;
    }
    if (sent) event.preventDefault();
    sent = true;
  });
  // Back from the next page, the form may be sent again.
  addEventListener('pageshow', () => { sent = false; });
})();
`;

/** Its address: another script has another, so that it may be kept for good. */
export const FORMS_SCRIPT_PATH = '/forms.js';
export const formsScriptAddress = `${FORMS_SCRIPT_PATH}?v=${createHash('sha256').update(FORMS_SCRIPT).digest('hex').slice(0, 12)}`;
