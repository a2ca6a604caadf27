import { chooseExecution, chooseMachine, chosenExecution, chosenMachine, chosenTicket, follow } from './choice.js';
import { drawGraph } from './graph.js';
import { showHistory } from './history.js';
import { element, fill, getJson, row, shortMoment } from './parts.js';

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
        { type: 'button', 'data-of': name, 'aria-pressed': String(chosenMachine() === name), title: name },
        short(name),
      );
      button.addEventListener('click', () => chooseMachine(name));
      return button;
    }),
    'Machines appear with their first execution.',
  );

let last;
/** An answer that comes after that of a later choice is let go. */
const showChosen = async (execution) => {
  last = execution?.name;
  if (!execution) {
    drawGraph(undefined, []);
    showHistory('', []);
    return;
  }
  const { history } = await getJson(`executions/${encodeURIComponent(execution.name)}`);
  const visited = history.map((event) => event.stateEnteredEventDetails?.name).filter(Boolean);
  const graph = await graphOf(execution.name);
  if (last !== execution.name) return;
  drawGraph(graph, visited, execution);
  showHistory(execution.name, history);
};

const find = document.querySelector('#find');

/** Any part of what a row says, in any case. */
const isLookedFor = ({ name, state = '', status }) =>
  `${name} ${state} ${status}`.toLowerCase().includes(find.value.trim().toLowerCase());

/** The executions of the chosen ticket and machine that are looked for, newest first, and the chosen one on its graph. */
export const showExecutions = async () => {
  const { executions } = await getJson('executions');
  showMachines([...new Set(executions.map(({ machine }) => machine))].sort());
  const wanted = executions
    .filter(
      ({ machine, name }) =>
        (!chosenMachine() || machine === chosenMachine()) && (!chosenTicket() || name.startsWith(chosenTicket())),
    )
    .filter(isLookedFor)
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
          of: execution.name,
          title: execution.state || short(execution.machine),
          sub: `${execution.name} · ${shortMoment(execution.stoppedAt ?? execution.startedAt)}`,
          tag: execution.status,
          current: execution.name === chosen?.name,
        },
        () => chooseExecution(execution.name),
      ),
    ),
    find.value.trim() === '' ? 'No execution yet.' : 'No execution like that.',
  );
  await showChosen(chosen);
};

follow(() => showExecutions());
find.addEventListener('input', () => showExecutions());
