import type { Instant } from '../support/time.ts';
import type { EventType, TicketEvent } from '../ticket/event.ts';
import type { Message } from '../ticket/message.ts';

/** What a rule takes or says: codes, numbers and ids, never a person's words. */
type Input = string | number | boolean | string[];

/** One automatic act. */
export interface ExplainedAct {
  at: Instant;
  type: EventType | 'masked';
  /** The rule that decided; `by hand` and `by the customer` for what a person did and the machine then followed. */
  rule: string;
  /** The version of the policy it was decided by. */
  policy: string;
  /** What went into it and what came out, by name. */
  inputs: Record<string, Input>;
  reason: string;
  /** Id of the event; of the message, for what was masked in it. */
  event: string;
}

/** Explained whoever did it: it moves promises about, makes them stand still, or tells the ladder what to do. */
const TOLD_ALWAYS: readonly EventType[] = [
  'reprioritised',
  'transferred',
  'assigned',
  'paused',
  'resumed',
  'reopened',
  'escalation-acknowledged',
  'not-thanked',
  'merged',
  'unmerged',
  'split',
  'message-moved',
  'quarantined',
  'quarantine-accepted',
  'quarantine-declined',
];

/** What agents wrote when they resolved is theirs, and no input of a rule. */
const NOT_INPUTS: ReadonlySet<string> = new Set([
  'id',
  'ticketId',
  'at',
  'by',
  'reason',
  'policy',
  'cycle',
  'version',
  'type',
  'clocks',
  'mails',
  'carries',
  'inputs',
  'cause',
  'solution',
  'check',
]);

/** Every act of a rule, in order. */
export const explainActs = (events: readonly TicketEvent[]): ExplainedAct[] =>
  events.flatMap((event) => [
    ...(event.by.startsWith('rule:') || TOLD_ALWAYS.includes(event.type) ? [explainAct(event)] : []),
    ...(event.type === 'opened' && event.noReceipt === true ? [withheld(event)] : []),
  ]);

/** What was not done is an act too: somebody may look for the mail. */
const withheld = ({ at, policy, id }: TicketEvent): ExplainedAct => ({
  at,
  type: 'opened',
  rule: 'acknowledgement.withheld',
  policy,
  inputs: { noReceipt: true },
  reason: 'No acknowledgement: the sender wants nothing automatic back, or may not have written it.',
  event: id,
});

const explainAct = (event: TicketEvent): ExplainedAct => {
  const { at, type, by, policy, reason, id } = event;
  return { at, type, rule: ruleOf(by), policy, inputs: inputsOf(event), reason, event: id };
};

/** `rule:ladder.move@3` → `ladder.move`. */
const ruleOf = (by: string): string => {
  if (by.startsWith('customer:')) return 'by the customer';
  return by.startsWith('rule:') ? by.slice('rule:'.length).replace(/@[^@]*$/, '') : 'by hand';
};

const inputsOf = (event: TicketEvent): Record<string, Input> => {
  const inputs: Record<string, Input> = { cycle: event.cycle };
  if (!event.by.startsWith('rule:')) inputs.by = event.by;
  for (const [name, value] of Object.entries(event)) {
    if (NOT_INPUTS.has(name) && !(name === 'cause' && event.type.startsWith('remediation-'))) continue;
    const plain = plainly(value);
    if (plain !== undefined) inputs[name] = plain;
  }
  if (event.type === 'triaged') for (const [name, value] of Object.entries(event.inputs ?? {})) inputs[name] = value;
  if (event.type === 'merged' || event.type === 'message-moved')
    for (const [index, { as, since, row }] of (event.carries ?? []).entries())
      inputs[`promise ${index + 1}`] = `${as} since ${since}${row === undefined ? '' : ` (row ${row})`}`;
  return inputs;
};

const plainly = (value: unknown): Input | undefined => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null ? told(value) : undefined;
  return value.map((one) => (typeof one === 'object' && one !== null ? told(one) : String(one)));
};

/** `{ agent: 'lina', until: '…' }` → `agent lina, until …`. */
const told = (value: object): string =>
  Object.entries(value)
    .map(([name, one]) => `${name} ${String(one)}`)
    .join(', ');

/** What was taken out of a message before it was stored: kinds alone, as what it was is kept nowhere. */
export const explainMasking = (
  messages: ReadonlyArray<Pick<Message, 'id' | 'at' | 'masked'>>,
  policy: string,
): ExplainedAct[] =>
  messages.flatMap(({ id, at, masked = [] }) =>
    masked.length === 0
      ? []
      : [
          {
            at,
            type: 'masked' as const,
            rule: 'masking.secrets',
            policy,
            inputs: { message: id, kinds: masked },
            reason: 'Card numbers and secrets are masked before anything is stored.',
            event: id,
          },
        ],
  );
