import type { Agent } from '../../domain/policy.ts';
import type { Customers, Queues, Team, Tickets } from '../../domain/ports.ts';
import type { Rules } from '../_shared/desk.ts';
import type { Links } from '../_shared/links.ts';

export interface Deps extends Rules {
  tickets: Tickets;
  queues: Queues;
  customers: Customers;
  team: Team;
  agents: readonly Agent[];
  links: Links;
}
