import { chooseExecution, chooseMachine, chosenExecution, chosenMachine, chosenTicket, follow } from './choice.js';
import { drawGraph } from './graph.js';
import { element, fill, getJson, moment, row, shortMoment } from './parts.js';

const graphs = new Map();

/** The picture of a machine does not change while an execution of it lives. */
const graphOf = async (name) => {
  if (!graphs.has(name)) graphs.set(name, await getJson(`executions/${encodeURIComponent(name)}/graph`));
  return graphs.get(name);
};

const short = (name) => name.split('-').at(-1);

const showMachines = (names) =>
  fill(
    '#machines',
    JSON.stringify([names, chosenMachine()]),
    names.map((name) => {
      const button = element(
        'button',
        { type: 'button', 'aria-pressed': String(chosenMachine() === name), title: name },
        short(name),
      );
      button.addEventListener('click', () => chooseMachine(name));
      return button;
    }),
    'Machines appear with their first execution.',
  );

const showHistory = (history) => {
  fill(
    '#history',
    `${chosenExecution()} ${history.length}`,
    history
      .toReversed()
      .map((event) =>
        element(
          'li',
          {},
          element('span', { class: 'n' }, String(event.id)),
          element('time', {}, moment(event.timestamp * 1000)),
          element('span', {}, event.type + detail(event)),
        ),
      ),
    'Choose an execution.',
  );
};

const detail = (event) => {
  const details = event.stateEnteredEventDetails ?? event.stateExitedEventDetails;
  if (details) return ` · ${details.name}`;
  const failed = Object.entries(event).find(([key]) => /(Failed|TimedOut|Aborted)EventDetails$/.test(key));
  return failed ? ` · ${failed[1].error ?? ''}` : '';
};

const showChosen = async (execution) => {
  if (!execution) {
    drawGraph(undefined, []);
    showHistory([]);
    return;
  }
  const { history } = await getJson(`executions/${encodeURIComponent(execution.name)}`);
  const visited = history.map((event) => event.stateEnteredEventDetails?.name).filter(Boolean);
  drawGraph(await graphOf(execution.name), visited, execution);
  showHistory(history);
};

/** The executions of the chosen ticket and machine, newest first, and the chosen one on its graph. */
export const showExecutions = async () => {
  const { executions } = await getJson('executions');
  showMachines([...new Set(executions.map(({ machine }) => machine))].sort());
  const wanted = executions
    .filter(
      ({ machine, name }) =>
        (!chosenMachine() || machine === chosenMachine()) && (!chosenTicket() || name.startsWith(chosenTicket())),
    )
    .toReversed();
  const running = wanted.filter(({ status }) => status === 'RUNNING').length;
  document.querySelector('#executions-count').textContent = `${wanted.length}, ${running} waiting`;
  const chosen = wanted.find(({ name }) => name === chosenExecution()) ?? wanted[0];
  fill(
    '#executions',
    JSON.stringify([wanted, chosen?.name]),
    wanted.map((execution) =>
      row(
        {
          title: execution.state || short(execution.machine),
          sub: `${execution.name} · ${shortMoment(execution.stoppedAt ?? execution.startedAt)}`,
          tag: execution.status,
          current: execution.name === chosen?.name,
        },
        () => chooseExecution(execution.name),
      ),
    ),
    'No execution yet.',
  );
  await showChosen(chosen);
};

follow(() => showExecutions());
