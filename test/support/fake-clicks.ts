import { clicksKey } from '../../adapters/dynamo/keys.ts';
import type { Clicks, NoteClick } from '../../domain/ports.ts';
import { type Clicked, MOST_OPENINGS } from '../../domain/survey/clicks.ts';
import type { Memory } from './memory.ts';

const isSame = (one: Clicked, other: Clicked): boolean => clicksKey(one).PK === clicksKey(other).PK;
const of = ({ clicks }: Pick<Memory, 'clicks'>, about: Clicked) =>
  clicks.filter((each) => isSame(each.about, about)).map(({ opening }) => opening);

export const fakeNoteClick =
  (memory: Pick<Memory, 'clicks'>): NoteClick =>
  async (about, opening) => {
    if (of(memory, about).length < MOST_OPENINGS) memory.clicks.push({ about, opening });
  };

export const fakeClicks = (memory: Pick<Memory, 'clicks' | 'mails'>): Clicks => ({
  of: async (many) =>
    many
      .filter((about, index) => many.findIndex((other) => isSame(other, about)) === index)
      .map((about) => ({ about, openings: of(memory, about) }))
      .filter(({ openings }) => openings.length > 0),
  sentAt: async (mails) =>
    new Map(
      mails.flatMap((key) => {
        const sentAt = memory.mails.get(key)?.sentAt;
        return sentAt === undefined ? [] : [[key, sentAt] as const];
      }),
    ),
});
