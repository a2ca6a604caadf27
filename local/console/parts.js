/** Shared by the panels of the console: the control API, time, and elements without any HTML text. */

const read = async (response) => {
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? body.title ?? `answered ${response.status}`);
  return body;
};

export const getJson = async (path) => read(await fetch(path));

export const postJson = async (path, body) =>
  read(
    await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  );

const signedIn = {};
/** The desk's API as a lead; the token is fetched again when the moved clock has outrun it. */
export const desk = async (path, again = true) => {
  signedIn.token ??= (await getJson('token?user=lina&groups=agent,lead')).token;
  const response = await fetch(path, { headers: { authorization: `Bearer ${signedIn.token}` } });
  if (response.status !== 401 || !again) return read(response);
  delete signedIn.token;
  return desk(path, false);
};

export const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children.filter((child) => child !== undefined));
  return made;
};

const MOMENT_PARTS = {
  weekday: 'short',
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
};
const MOMENT = new Intl.DateTimeFormat('en-GB', MOMENT_PARTS);
const ZONED = new Intl.DateTimeFormat('en-GB', { ...MOMENT_PARTS, timeZoneName: 'short' });
const SHORT = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', hour: '2-digit', minute: '2-digit' });

/** In the reader's own zone; an ISO 8601 instant or epoch milliseconds. */
export const moment = (iso) => MOMENT.format(new Date(iso));
/** The same with the name of that zone. */
export const zonedMoment = (iso) => ZONED.format(new Date(iso));
/** On one line. */
export const shortMoment = (iso) => SHORT.format(new Date(iso)).replaceAll(' ', '\u00a0');

/** A ticket's number stays on one line. */
const withIds = (text) =>
  text
    .split(/(\[?T-[0-9A-Z]{6}[^\s·]*)/)
    .map((part, at) => (at % 2 === 1 ? element('span', { class: 'id' }, part) : part));

/** A choosable row, of the thing that `of` names; `choose` runs on click. */
export const row = ({ of, title, sub, tag, current }, choose) => {
  const made = element(
    'button',
    { type: 'button', class: 'row', 'data-of': of, 'aria-current': current ? 'true' : undefined },
    element('span', { class: 'title' }, ...withIds(title)),
    tag ? element('span', { class: `tag ${tag.toLowerCase()}` }, tag.toLowerCase().replace('_', ' ')) : undefined,
    element('span', { class: 'sub' }, ...withIds(sub)),
  );
  made.addEventListener('click', choose);
  return made;
};

/** Replaces the rows only when they changed; the focus stays on the row it is on, and scrolling where it is. */
export const fill = (selector, key, rows, empty) => {
  const list = document.querySelector(selector);
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.of : undefined;
  const { scrollTop } = list;
  list.replaceChildren(...(rows.length > 0 ? rows : [element('p', { class: 'empty' }, empty)]));
  list.scrollTop = scrollTop;
  if (focused !== undefined) rows.find(({ dataset }) => dataset.of === focused)?.focus({ preventScroll: true });
};

/** The text with its links made clickable. */
export const linked = (text) =>
  text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, at) => (at % 2 === 1 ? element('a', { href: part, target: '_blank', rel: 'noreferrer' }, part) : part));
