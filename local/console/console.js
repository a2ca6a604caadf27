import { showExecutions } from './executions.js';
import { showMail } from './mail.js';
import { element, getJson, postJson, zonedMoment } from './parts.js';
import { showTickets } from './tickets.js';

const REFRESH_MS = 2000;
let nextTimer;

const showClock = async () => {
  const clock = await getJson('clock');
  nextTimer = clock.nextTimer;
  document.querySelector('#now').value = zonedMoment(clock.now);
  document.querySelector('#next-timer').disabled = !nextTimer;
};

const showMeter = async () => {
  const meter = await getJson('meter');
  const invocations = Object.values(meter.functions).reduce((sum, { invocations: n }) => sum + n, 0);
  const sum = (counts) => Object.values(counts).reduce((all, n) => all + n, 0);
  const figures = {
    Invocations: invocations,
    'Standard transitions': sum(meter.transitions),
    'Write units': meter.dynamodb.wru,
    Mails: meter.mail,
    'List price': `$${Number(meter.dollars.total ?? 0).toFixed(5)}`,
  };
  document
    .querySelector('#meter')
    .replaceChildren(
      ...Object.entries(figures).map(([name, value]) =>
        element(
          'div',
          {},
          element('dt', {}, name),
          element('dd', {}, typeof value === 'number' ? value.toLocaleString('en') : value),
        ),
      ),
    );
};

let refreshing;
/** One round at a time: a slow answer must not pile up the next rounds behind it. */
const refresh = () => {
  refreshing ??= Promise.allSettled([showClock(), showMeter(), showTickets(), showExecutions(), showMail()]).finally(
    () => {
      refreshing = undefined;
    },
  );
  return refreshing;
};

const move = async (body) => {
  const buttons = document.querySelectorAll('.moves button');
  const moved = document.querySelector('#moved');
  for (const button of buttons) button.disabled = true;
  moved.textContent = 'moving …';
  try {
    const { fired } = await postJson('clock', body);
    moved.textContent = fired === 1 ? '1 timer fired' : `${fired} timers fired`;
  } catch (error) {
    moved.textContent = error.message;
  } finally {
    for (const button of buttons) button.disabled = false;
  }
  await refresh();
};

for (const button of document.querySelectorAll('[data-advance]')) {
  button.addEventListener('click', () => move({ advance: button.dataset.advance }));
}
document.querySelector('#next-timer').addEventListener('click', () => nextTimer && move({ to: nextTimer }));

await refresh();
setInterval(() => document.visibilityState === 'visible' && refresh(), REFRESH_MS);
