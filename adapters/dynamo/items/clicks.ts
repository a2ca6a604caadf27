import * as z from 'zod/mini';
import { OPENED_BY } from '../../../domain/survey/clicks.ts';
import { type Item, readItem } from '../item.ts';
import { count, instant, text } from './parts.ts';

const clicks = z.object({
  PK: text,
  openings: z.array(z.object({ at: instant, option: count, by: z.enum(OPENED_BY) })),
});
type ClicksItem = z.infer<typeof clicks>;

export const readClicks = (item: Item): ClicksItem => readItem(clicks, item);
