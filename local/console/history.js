import { element, fill, moment, shortMoment } from './parts.js';

/** What an event says to a reader; the name of a state stands out. AWS's own name of it stands beside. */
const sentence = (event) => {
  const { name } = event.stateEnteredEventDetails ?? event.stateExitedEventDetails ?? {};
  if (name) return [event.type.endsWith('Entered') ? 'Comes to ' : 'Leaves ', element('strong', {}, name)];
  const details = Object.entries(event).find(([key]) => key.endsWith('EventDetails'))?.[1] ?? {};
  const said = SENTENCES[event.type];
  return [said ? said(details, event) : withError(event.type, details)];
};

const SENTENCES = {
  ExecutionStarted: () => 'Begins',
  ExecutionSucceeded: () => 'Has ended well',
  ExecutionFailed: (details) => withError('Has broken', details),
  ExecutionTimedOut: () => 'Has run out of time',
  ExecutionAborted: (details) => withError('Was stopped', details),
  TaskScheduled: (details, event) => (waits(details) ? waiting(details, event) : calling(details)),
  TaskStarted: () => 'On its way',
  TaskSubmitted: (details) => (waits(details) ? 'Ready for the signal' : 'Handed over'),
  TaskSucceeded: (details) => (waits(details) ? 'The signal has come' : 'Done') + answer(details),
  TaskTimedOut: (details) => (waits(details) ? 'The time is over, and no signal has come' : 'Took too long'),
  TaskFailed: (details) => withError('Failed', details),
};

const waits = ({ resource = '' }) => resource.endsWith('.waitForTaskToken');

const withError = (what, { error, cause }) => [what, error, cause && reason(cause)].filter(Boolean).join(' · ');

/** A function tells its reason in JSON. */
const reason = (cause) => {
  try {
    return JSON.parse(cause).errorMessage ?? cause;
  } catch {
    return cause;
  }
};

const waiting = ({ resourceType, timeoutInSeconds, parameters }, { timestamp }) => {
  const asked = resourceType === 'lambda' ? `Calls ${calledOf(parameters)} and waits` : 'Waits';
  if (timeoutInSeconds === undefined) return `${asked} for a signal`;
  return `${asked} for a signal, until ${shortMoment((timestamp + timeoutInSeconds) * 1000)} at the latest`;
};

/** Of a function, its name without the stack before it and what CloudFormation adds to make it unique. */
const calledOf = (parameters) => {
  const { FunctionName = '', Name = '' } = JSON.parse(parameters ?? '{}');
  return /([^-:]+?)(?:[0-9A-F]{8})?$/.exec(FunctionName)?.[1] ?? Name;
};

const calling = ({ resourceType, resource, parameters }) => {
  const called = calledOf(parameters);
  if (resourceType === 'lambda') return `Calls ${called}`;
  if (resource === 'startExecution') return `Starts ${called}`;
  return `Calls ${resourceType} ${resource}`;
};

/** What came back, as far as it is a few plain values. */
const answer = ({ output }) => {
  const whole = JSON.parse(output ?? '{}');
  const plain = Object.entries(whole?.Payload ?? whole ?? {}).filter(([, value]) =>
    /^(string|number|boolean)$/.test(typeof value),
  );
  const told = plain.map(([name, value]) => `${name} ${value}`).join(', ');
  return told === '' || told.length > 120 ? '' : ` · ${told}`;
};

/** The history of an execution, newest first. */
export const showHistory = (name, history) =>
  fill(
    '#history',
    `${name} ${history.length}`,
    history
      .toReversed()
      .map((event) =>
        element(
          'li',
          {},
          element('span', { class: 'n' }, String(event.id)),
          element('time', {}, moment(event.timestamp * 1000)),
          element('span', {}, ...sentence(event)),
          element('span', { class: 'type' }, event.type),
        ),
      ),
    'Choose an execution.',
  );
