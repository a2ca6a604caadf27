/** What the reader has chosen; the panels follow it. */
const chosen = {};
const followers = [];

export const follow = (follower) => followers.push(follower);
const changed = () => {
  for (const follower of followers) follower();
};

export const chosenTicket = () => chosen.ticket;
/** Choosing a ticket shows its executions; choosing it again shows all. */
export const chooseTicket = (id) => {
  chosen.ticket = chosen.ticket === id ? undefined : id;
  chosen.execution = undefined;
  changed();
};

export const chosenMachine = () => chosen.machine;
export const chooseMachine = (name) => {
  chosen.machine = chosen.machine === name ? undefined : name;
  chosen.execution = undefined;
  changed();
};

export const chosenExecution = () => chosen.execution;
export const chooseExecution = (name) => {
  chosen.execution = name;
  changed();
};
