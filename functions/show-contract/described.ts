import type * as z from 'zod/mini';

/** Who may call a route: anybody, who holds a signed link, who signs a post of a channel, who is signed in as the team. */
export type Caller = 'anybody' | 'link' | 'channel' | 'team';

export type Schema = z.ZodMiniType;

export interface Body {
  /** The schema that the handler checks the body with. */
  json?: Schema;
  /** A form as browsers post it: its fields, each with what it is. */
  form?: Record<string, string>;
  /** Something that `json` takes. */
  example?: object;
  /** Nothing has to be sent. */
  optional?: true;
}

/** One answer that is no problem. */
export interface Answered {
  is: string;
  /** The shape of what comes as JSON. */
  json?: Schema;
  /** What else it may come as, by media type. */
  as?: string | readonly string[];
}

/** What a program needs to know of one route. */
export interface Described {
  tag: 'Requests' | 'Files' | 'Surveys' | 'Links' | 'Knowledge base' | 'Channels' | 'Desk' | 'Contract';
  summary: string;
  caller: Caller;
  /** The schema that the handler checks the query with, or its fields where anything may stand in them. */
  query?: Schema | Record<string, string>;
  body?: Body;
  /** Takes `Idempotency-Key`. */
  idempotent?: true;
  /** By status. */
  answers: Record<number, Answered>;
  /** Statuses of problems that this route has of its own, beside those of its caller and its body. */
  refuses?: readonly number[];
}

/** By route, as the HTTP API writes it: `GET /t/{token}`. */
export type Routes = Record<string, Described>;

export const PAGE = 'text/html';
export const CSV = 'text/csv';
