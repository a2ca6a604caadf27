import * as z from 'zod/mini';
import { clockNote } from '../../../adapters/dynamo/items/clock-fact.ts';
import { eventShape } from '../../../adapters/dynamo/items/event.ts';
import { maybe, text } from '../../../adapters/dynamo/items/parts.ts';
import { named } from './named.ts';

named('ClockNote', clockNote, 'What was decided about one promise.');

/** What `withoutRating` takes from events for a reader who may not see them. */
const RATING = ['score', 'scale', 'label', 'low', 'choice'];
const HIDDEN_IN = ['survey-answered', 'reply-rated', 'remediation-opened', 'remediation-skipped', 'remediation-closed'];

const [first, ...others] = eventShape.def.options;

const shown = ({ shape }: typeof first | (typeof others)[number]) => {
  const mayHide = shape.type.def.values.some((type) => HIDDEN_IN.includes(type));
  const fields = Object.entries<z.ZodMiniType>(shape).map(([name, field]) => [
    name,
    mayHide && RATING.includes(name) && field.def.type !== 'optional' ? maybe(field) : field,
  ]);
  return z.object({ ...Object.fromEntries(fields), type: shape.type, ticketId: maybe(text) });
};

/** What happened to a ticket: `eventView`; in exports with the id of the ticket. */
export const event = named(
  'Event',
  z.discriminatedUnion('type', [shown(first), ...others.map(shown)]),
  'What happened to a ticket, who caused it and why. `ticketId` stands in exports; a rating that is not for the reader is missing.',
);
