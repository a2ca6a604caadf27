import type { Agent, Category } from '../../domain/policy.ts';
import type { Customers, Persons, Queues, Team, Tickets } from '../../domain/ports.ts';
import type { Rules } from '../_shared/desk.ts';
import type { Links } from '../_shared/links.ts';

export interface Deps extends Rules {
  tickets: Tickets;
  queues: Queues;
  customers: Customers;
  persons: Persons;
  team: Team;
  agents: readonly Agent[];
  categories: readonly Category[];
  links: Links;
}
