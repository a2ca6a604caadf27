import { readFileSync } from 'node:fs';
import { readWait } from '../../adapters/dynamo/items/wait.ts';
import { standing } from '../../domain/clock/standing.ts';
import type { Context } from '../../domain/context.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Ledger } from '../../domain/ports.ts';
import { instant } from '../../domain/support/time.ts';
import { openTicket } from '../../domain/ticket/acts/open-ticket.ts';
import { triageTicket } from '../../domain/ticket/acts/triage-ticket.ts';
import type { Change } from '../../domain/ticket/change.ts';
import type { TicketEvent } from '../../domain/ticket/event.ts';
import { reactionsTo } from '../../domain/ticket/reactions.ts';
import type { Wait } from '../../domain/ticket/wait.ts';
import { build as askAHuman } from '../../functions/ask-a-human/handler.ts';
import { build as climb } from '../../functions/climb-the-ladder/handler.ts';
import { build as closeQuietly } from '../../functions/close-quietly/handler.ts';
import { carryOut } from '../../functions/dispatch-changes/carry-out.ts';
import { build as remindCustomer } from '../../functions/remind-customer/handler.ts';
import { AwsError, ROOT } from '../../local/aws/contract.ts';
import { createKernel, type Kernel } from '../../local/kernel/kernel.ts';
import type { TaskCall } from '../../local/stepfunctions/engine.ts';
import { StatesError } from '../../local/stepfunctions/errors.ts';
import type { Answer } from '../../local/stepfunctions/happening.ts';
import { type Json, parseJson } from '../../local/stepfunctions/json.ts';
import { StepFunctionsService } from '../../local/stepfunctions/service.ts';
import { executionName } from '../../workflows/contracts.ts';
import { aDesk } from '../functions/support.ts';
import { anOpening, aPolicy, aTeam, theCategories } from './builders.ts';
import { fakeDesk } from './fakes.ts';
import { attributesOf } from './wait-written.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:escalation';
const TICKET = 'T-7K2M9Q';

export interface LifeOptions {
  /** When the ticket is opened and triaged, ISO 8601. */
  at: string;
  policy?: Policy;
  /** How far the clocks of the functions are ahead of the machine's, in milliseconds; behind when negative. */
  skewMs?: number;
  channel?: 'mail' | 'chat';
  /** When its execution begins, if intake was held up, and what happened until then; at once unless said. */
  watchedFrom?: string;
  meanwhile?: (life: EscalationLife) => Promise<void>;
  /** The error with which the nth call (from 1) of a state's task fails, if it does. */
  failing?: (state: string, nth: number) => string | undefined;
}

/**
 * One ticket with its escalation as it is deployed: the definition on the local interpreter, the functions of its tasks and
 * the dispatcher themselves, only the table and AWS are in memory. The clock stands still until it is moved.
 */
export class EscalationLife {
  private readonly kernel: Kernel;
  private readonly service: StepFunctionsService;
  private readonly fakes = fakeDesk(aTeam());
  private readonly desk = aDesk();
  private policy: Policy;
  /** Transitions of Standard states so far. */
  transitions = 0;
  /** Calls of functions so far, by state. */
  readonly called: string[] = [];
  skewMs: number;
  private readonly failing: NonNullable<LifeOptions['failing']>;
  private readonly tried = new Map<string, number>();

  private constructor({ at, policy = aPolicy(), skewMs = 0, failing = () => undefined }: LifeOptions) {
    this.failing = failing;
    this.kernel = createKernel({ start: Date.parse(at), speed: 0 });
    this.policy = policy;
    this.skewMs = skewMs;
    this.service = new StepFunctionsService({
      kernel: this.kernel,
      aws: { call: () => Promise.reject(new Error('Only the machine itself is asked.')) },
      deployment: { resources: () => [], resource: () => undefined, byArn: () => undefined, assetDirectory: () => '' },
      meter: {
        transition: (_machine, _type, n) => {
          this.transitions += n;
        },
      },
      runTask: (call) => this.task(call),
      random: () => 1,
    });
  }

  /** A ticket that was just triaged, with its execution. */
  static async begin(options: LifeOptions): Promise<EscalationLife> {
    const life = new EscalationLife(options);
    const file = new URL('../../workflows/escalation.asl.json', import.meta.url);
    const definition = readFileSync(file, 'utf8').replaceAll(/\$\{(\w+)\}/g, 'arn:aws:lambda:us-east-1:0:function:$1');
    await life.call('CreateStateMachine', { name: 'escalation', definition, roleArn: 'arn:aws:iam::0:role/r' });
    const opened = openTicket(
      anOpening({ id: TICKET, ...(options.channel && { channel: options.channel }) }),
      life.ctx,
    );
    await life.fakes.tickets.record(opened);
    await life.change((ledger, ctx) => {
      const triaged = triageTicket(ledger, { text: '', categories: theCategories(), team: aTeam() }, ctx);
      if (!triaged.ok) throw new Error(triaged.detail);
      return triaged.value;
    });
    const { lookAgainAt } = (await life.ledger()).ticket;
    await options.meanwhile?.(life);
    if (options.watchedFrom !== undefined) await life.moveTo(options.watchedFrom);
    await life.start(executionName('escalation', TICKET, 1), { ticketId: TICKET, cycle: 1, lookAgainAt });
    await life.settle();
    return life;
  }

  /** An act by its decision, as a function outside the machine records it; its clock is right. */
  async change(decide: (ledger: Ledger, ctx: Context) => Change): Promise<void> {
    const ledger = await this.ledger();
    const change = decide(ledger, this.ctx);
    await this.fakes.tickets.record(change);
    for (const command of reactionsTo({ kind: 'ticket', before: ledger.ticket, after: change.after }, this.policy))
      if (command.do === 'check-waits' || command.do === 'start-escalation') await carryOut(command, this.deps);
    await this.settle();
  }

  /** A new version of the policy is deployed. */
  deploy(policy: Policy): void {
    this.policy = policy;
  }

  async moveTo(at: string): Promise<void> {
    await this.kernel.timeMachine.moveTo(Date.parse(at));
  }

  get now(): string {
    return instant(this.kernel.clock.now());
  }

  async ledger(): Promise<Ledger> {
    const ledger = await this.fakes.tickets.ledger(TICKET);
    if (!ledger) throw new Error('The ticket is gone.');
    return ledger;
  }

  /** What rungs were climbed: `move 2026-11-24T08:00:00.000Z`. */
  async climbed(): Promise<string[]> {
    const { events } = await this.ledger();
    return events
      .filter((event): event is TicketEvent & { rung: string } => event.type === 'warned' || event.type === 'escalated')
      .map(({ rung, at }) => `${rung} ${at}`);
  }

  async events(...types: string[]): Promise<string[]> {
    const { events } = await this.ledger();
    return events.filter(({ type }) => types.includes(type)).map(({ type, at }) => `${type} ${at}`);
  }

  async standing() {
    return standing((await this.ledger()).events, this.policy, this.now);
  }

  /** What should have been done by now, and is not. */
  async overdue(): Promise<string[]> {
    const { due, notices, waitEndsAt } = await this.standing();
    return [
      ...due.map(({ rung, at }) => `${rung.id} ${at}`),
      ...notices.map(({ agent, at }) => `${agent} ${at}`),
      ...(waitEndsAt !== undefined && waitEndsAt <= this.now ? [`wait ${waitEndsAt}`] : []),
    ];
  }

  mails(template: string): number {
    return [...this.fakes.memory.mails.values()].filter(({ content }) => content.template === template).length;
  }

  /** Name, status and state of each execution, in the order they were started. */
  get executions(): string[] {
    return this.service
      .executions()
      .map(({ name, status, state }) => `${name.slice(TICKET.length + 1)} ${status} ${state}`);
  }

  /** The length of each execution's history. */
  get histories(): number[] {
    return this.service.executions().map(({ name }) => this.service.execution(name)?.history.length ?? 0);
  }

  /** How many executions wait for a token. */
  get waiting(): number {
    return this.service.executions().filter(({ status, state }) => status === 'RUNNING' && state.startsWith('Await'))
      .length;
  }

  /** Starts an execution beside the one there is, as somebody might by mistake. */
  async start(name: string, input: object): Promise<void> {
    await this.call('StartExecution', { stateMachineArn: MACHINE, name, input: JSON.stringify(input) });
    await this.settle();
  }

  async settle(): Promise<void> {
    await this.kernel.timeMachine.settle();
  }

  private get ctx(): Context {
    return { policy: this.policy, now: this.now, ids: this.desk.ids };
  }

  private get deps() {
    const clock = { now: () => instant(this.kernel.clock.now() + this.skewMs) };
    return {
      ...this.desk,
      ...this.fakes,
      policy: this.policy,
      clock,
      queues: this.desk.mailQueues,
      waiting: { anybody: async () => false },
      arns: { intake: 'intake', escalation: MACHINE, survey: 'survey', remediation: 'remediation' },
      machines: {
        start: async (_arn: string, name: string, input: object) => {
          await this.start(name, input);
          return 'started' as const;
        },
        stateOf: async (_arn: string, name: string) => {
          const status = this.service.execution(name)?.status;
          if (status === undefined) return 'unknown' as const;
          return status === 'RUNNING' ? ('running' as const) : ('ended' as const);
        },
        signal: async (
          taskToken: string,
          signal: { kind: string; output?: object; error?: string; cause?: object },
        ) => {
          const { kind, output, error, cause } = signal;
          const how = kind === 'succeed' ? 'SendTaskSuccess' : 'SendTaskFailure';
          const what =
            kind === 'succeed' ? { output: JSON.stringify(output) } : { error, cause: JSON.stringify(cause) };
          await this.call(how, { taskToken, ...what }).catch((refusal: unknown) => {
            if (!(refusal instanceof AwsError)) throw refusal;
          });
        },
      },
    };
  }

  private call(operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
    return this.service.handle({ operation, input, caller: ROOT, requestId: 'test' });
  }

  private async task(call: TaskCall): Promise<Answer> {
    try {
      return { ok: true, result: await this.resultOf(call) };
    } catch (error) {
      if (error instanceof StatesError) return { ok: false, error };
      const name = error instanceof Error ? error.name : 'Error';
      return { ok: false, error: new StatesError(name, error instanceof Error ? error.message : '') };
    }
  }

  private async resultOf({ stateName, token, arguments: args }: TaskCall): Promise<Json> {
    const nth = (this.tried.get(stateName) ?? 0) + 1;
    this.tried.set(stateName, nth);
    const fault = this.failing(stateName, nth);
    if (fault !== undefined) throw new StatesError(fault, 'As the test says.');
    if (token !== undefined) return this.store(readWait(attributesOf(args)));
    const given = args as { Payload: never; Name: string; Input: object };
    if (stateName === 'Go On In A New Execution') {
      await this.call('StartExecution', {
        stateMachineArn: MACHINE,
        name: given.Name,
        input: JSON.stringify(given.Input),
      });
      return { ExecutionArn: given.Name };
    }
    this.called.push(stateName);
    const build = { 'Climb The Ladder': climb, 'Remind The Customer': remindCustomer, 'Close Quietly': closeQuietly }[
      stateName
    ];
    const answer =
      build === undefined ? await askAHuman(this.deps)(given.Payload) : await build(this.deps)(given.Payload);
    return { Payload: parseJson(JSON.stringify(answer)), StatusCode: 200 };
  }

  /** As the table does: on the machine's own condition, and then the stream tells of it. */
  private async store(wait: Wait): Promise<Json> {
    const key = `${wait.ticketId} ${wait.machine}`;
    const known = this.fakes.memory.waits.get(key);
    const mayWait =
      known === undefined ||
      known.cycle < wait.cycle ||
      (known.cycle === wait.cycle && (known.nth ?? 1) <= (wait.nth ?? 1));
    if (!mayWait) throw new StatesError('DynamoDb.ConditionalCheckFailedException', 'The conditional request failed');
    this.fakes.memory.waits.set(key, wait);
    const told = this.kernel.activity.begin('stream');
    setImmediate(() => {
      void carryOut({ do: 'check-waits', ticketId: wait.ticketId, machines: ['escalation'] }, this.deps).finally(told);
    });
    return {};
  }
}
