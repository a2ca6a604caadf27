import type { Kernel } from '../kernel/kernel.ts';
import { inTransaction } from '../kernel/store.ts';
import type { TimerHandle } from '../kernel/timers.ts';
import { type MessageRow, MessageStore } from './message-store.ts';
import { queueNameOf } from './queue-attributes.ts';
import type { QueueRecord, QueueRegistry } from './queue-registry.ts';

interface Waiter {
  limit: number;
  visibilitySeconds: number;
  answer: (messages: MessageRow[]) => void;
}

/** Who is told of a queue's messages, and when the next hidden one comes into sight. */
interface Attention {
  waiters: Waiter[];
  listeners: Set<() => void>;
  wake: TimerHandle | undefined;
}

export interface NewMessage {
  body: string;
  attributes: string;
  traceHeader: string | undefined;
  sender: string;
  delaySeconds: number;
}

/** Sending, receiving and hiding messages by the rules of standard queues, on the virtual clock. */
export class Queues {
  readonly messages: MessageStore;
  private readonly attention = new Map<string, Attention>();
  private readonly kernel: Kernel;
  private readonly registry: QueueRegistry;

  constructor(kernel: Kernel, registry: QueueRegistry) {
    this.kernel = kernel;
    this.registry = registry;
    this.messages = new MessageStore(kernel.store);
  }

  /** Stores all messages in one commit; returns their ids. */
  send(queue: QueueRecord, batch: readonly NewMessage[]): string[] {
    const now = this.kernel.clock.now();
    const ids = inTransaction(this.kernel.store, () =>
      batch.map(({ delaySeconds, ...message }) =>
        this.messages.insert({ ...message, queue: queue.name, sentAt: now, visibleAt: now + delaySeconds * 1000 }),
      ),
    );
    this.look(queue.name);
    return ids;
  }

  /**
   * Takes up to `limit` messages and hides them for the visibility time. A message that was received as often as the
   * redrive policy allows goes to the dead-letter queue instead (SQS guide, "Dead-letter queues").
   */
  receive(queue: QueueRecord, limit: number, visibilitySeconds: number): MessageRow[] {
    const now = this.kernel.clock.now();
    const policy = queue.attributes.RedrivePolicy;
    const graveyard = policy && this.registry.find(queueNameOf(policy.deadLetterTargetArn));
    let buried = false;
    const taken = inTransaction(this.kernel.store, () => {
      this.messages.expire(queue.name, now - queue.attributes.MessageRetentionPeriod * 1000);
      const received: MessageRow[] = [];
      while (received.length < limit) {
        const found = this.messages.visible(queue.name, now, limit - received.length);
        if (found.length === 0) break;
        for (const message of found) {
          if (graveyard && policy && message.receive_count >= policy.maxReceiveCount) {
            this.messages.move(message.id, graveyard.name, now, queue.arn);
            buried = true;
          } else received.push(this.messages.take(message.id, now + visibilitySeconds * 1000, now));
        }
        // With no visibility time the same messages would be found again and again.
        if (visibilitySeconds === 0) break;
      }
      return received;
    });
    if (buried && graveyard) this.look(graveyard.name);
    this.arm(queue.name);
    return taken;
  }

  /** Receives now, or waits until there is something or `waitSeconds` of virtual time have passed. */
  async receiveOrWait(
    queue: QueueRecord,
    limit: number,
    visibilitySeconds: number,
    waitSeconds: number,
  ): Promise<MessageRow[]> {
    const ready = this.receive(queue, limit, visibilitySeconds);
    if (ready.length > 0 || waitSeconds === 0) return ready;
    return new Promise((resolve) => {
      const attention = this.attend(queue.name);
      const waiter: Waiter = {
        limit,
        visibilitySeconds,
        answer: (messages) => {
          patience.cancel();
          attention.waiters = attention.waiters.filter((other) => other !== waiter);
          resolve(messages);
        },
      };
      const patience = this.kernel.timers.at(this.kernel.clock.now() + waitSeconds * 1000, 'sqs long poll', () =>
        waiter.answer([]),
      );
      attention.waiters.push(waiter);
      this.arm(queue.name);
    });
  }

  delete(queue: QueueRecord, id: number, receipt: string): void {
    this.messages.remove(id, queue.name, receipt);
  }

  /** Hides a held message for so long from now; false if it is not held under this receipt. */
  changeVisibility(queue: QueueRecord, id: number, receipt: string, seconds: number): boolean {
    const held = this.messages.held(id, queue.name, receipt);
    const now = this.kernel.clock.now();
    if (held === undefined || held.visible_at <= now) return false;
    this.messages.postpone(id, now + seconds * 1000);
    this.look(queue.name);
    return true;
  }

  /** Sends dead letters back to the queues they came from, or all to `destination`; returns how many moved. */
  redrive(queue: QueueRecord, destination: QueueRecord | undefined): number {
    const now = this.kernel.clock.now();
    const targets = new Set<string>();
    const moved = inTransaction(this.kernel.store, () =>
      this.messages.all(queue.name).filter((message) => {
        const target = destination ?? this.registry.find(queueNameOf(message.source_arn ?? ''));
        if (target === undefined) return false;
        this.messages.move(message.id, target.name, now, null);
        targets.add(target.name);
        return true;
      }),
    );
    for (const target of targets) this.look(target);
    return moved.length;
  }

  /** Calls `listener` whenever a message may have come into sight; it begins its activity in the call. */
  subscribe(name: string, listener: () => void): () => void {
    const attention = this.attend(name);
    attention.listeners.add(listener);
    this.arm(name);
    return () => {
      attention.listeners.delete(listener);
    };
  }

  /** Answers everybody who waits for messages of the queue with none. */
  dismiss(name: string): void {
    const attention = this.attention.get(name);
    attention?.wake?.cancel();
    for (const waiter of attention?.waiters ?? []) waiter.answer([]);
  }

  stop(): void {
    for (const name of this.attention.keys()) this.dismiss(name);
    this.attention.clear();
  }

  private attend(name: string): Attention {
    const attention = this.attention.get(name) ?? { waiters: [], listeners: new Set(), wake: undefined };
    this.attention.set(name, attention);
    return attention;
  }

  /** Hands what is visible to those who wait, tells the listeners, and sets the timer for what is hidden. */
  private look(name: string): void {
    const attention = this.attention.get(name);
    const queue = this.registry.find(name);
    if (attention === undefined || queue === undefined) return;
    for (const waiter of attention.waiters) {
      const messages = this.receive(queue, waiter.limit, waiter.visibilitySeconds);
      if (messages.length === 0) break;
      waiter.answer(messages);
    }
    for (const listener of attention.listeners) listener();
    this.arm(name);
  }

  private arm(name: string): void {
    const attention = this.attention.get(name);
    if (attention === undefined || (attention.waiters.length === 0 && attention.listeners.size === 0)) return;
    attention.wake?.cancel();
    const due = this.messages.nextVisible(name, this.kernel.clock.now());
    attention.wake = due === undefined ? undefined : this.kernel.timers.at(due, `sqs ${name}`, () => this.look(name));
  }
}
