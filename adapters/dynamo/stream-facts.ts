import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Tickets } from '../../domain/ports.ts';
import type { Fact } from '../../domain/ticket/reactions.ts';
import type { Item } from './item.ts';
import { readAgent } from './items/agent.ts';
import { readEvent } from './items/event.ts';
import { readFeedback } from './items/feedback.ts';
import { readMail } from './items/mail.ts';
import { readPrivacy } from './items/privacy.ts';
import { readRemediation } from './items/remediation.ts';
import { readSurvey, readSurveyLink } from './items/survey.ts';
import { readTicket } from './items/ticket.ts';
import { readWait } from './items/wait.ts';
import { AGENTS, kindOf, WAITINGS } from './keys.ts';

/** A record of the table's stream as Lambda hands it over: attribute values with binaries as text. */
export interface StreamRecord {
  dynamodb?:
    | {
        Keys?: Image | undefined;
        NewImage?: Image | undefined;
        OldImage?: Image | undefined;
      }
    | undefined;
}

type Image = Record<string, unknown>;

/**
 * What a change of one item means to the desk; undefined when nothing can follow from it. Throws `UnreadableItem` for one
 * that this version does not know. The house stores no binary attributes, so the stream's image is the item.
 */
export const factOf = async (
  { dynamodb }: StreamRecord,
  tickets: Pick<Tickets, 'survey'>,
): Promise<Fact | undefined> => {
  const keys = itemOf(dynamodb?.Keys);
  const kind = kindOf({ PK: keys?.PK?.S ?? '', SK: keys?.SK?.S ?? '' });
  const before = itemOf(dynamodb?.OldImage);
  const after = itemOf(dynamodb?.NewImage);
  if (kind === 'survey-link') return before && !after ? linkEnded(before, tickets) : undefined;
  if (!after) return undefined;
  const change = <T>(read: (item: Item) => T): { before?: T; after: T } => ({
    ...(before && { before: read(before) }),
    after: read(after),
  });
  switch (kind) {
    case 'ticket':
      return { kind, ...change(readTicket) };
    case 'event':
      return { kind, event: readEvent(after) };
    case 'wait':
      return { kind, wait: readWait(after) };
    case 'survey':
      return { kind, ...change(readSurvey) };
    case 'remediation':
      return { kind, ...change(readRemediation) };
    case 'mail':
      return { kind, ...change(readMail) };
    case 'agent':
      return agentFact(keys, before, after);
    case 'feedback':
      return before ? undefined : { kind, feedback: readFeedback(after) };
    case 'privacy':
      return { kind, request: readPrivacy(after) };
    case 'waiting':
      return { kind, group: (keys?.PK?.S ?? '').slice(WAITINGS.length) };
    default:
      // Messages, customers, opt-outs, requests and facts: what follows from them is told by an event beside them.
      return undefined;
  }
};

/** An agent without an item is present and has nothing to do. */
const agentFact = (keys: Item | undefined, before: Item | undefined, after: Item): Fact => {
  const presence = (item: Item | undefined) => {
    const { present = true, load = 0 } = item === undefined ? {} : readAgent(item);
    return { present, load };
  };
  const agent = (keys?.PK?.S ?? '').slice(AGENTS.length);
  return { kind: 'agent', agent, before: presence(before), after: presence(after) };
};

const linkEnded = async (item: Item, tickets: Pick<Tickets, 'survey'>): Promise<Fact | undefined> => {
  const { ticketId, cycle, kind } = readSurveyLink(item);
  const survey = await tickets.survey(ticketId, cycle, kind);
  return survey && { kind: 'survey-link-expired', survey };
};

const itemOf = (image: Image | undefined): Item | undefined =>
  image && Object.fromEntries(Object.entries(image).filter(isAttribute));

const isAttribute = (entry: [string, unknown]): entry is [string, AttributeValue] =>
  typeof entry[1] === 'object' && entry[1] !== null;
