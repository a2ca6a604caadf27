import { describe, expect, test } from 'vitest';
import { ConcurrentChange } from '../../domain/errors.ts';
import { at, opening, ulid } from './changes.ts';
import { type Desk, onBothDesks } from './desks.ts';

const phone = { kind: 'phone', value: '+4930123456' } as const;
const handle = { kind: 'handle', value: 'mastodon:kim@social.example' } as const;

const three = async ({ customers }: Desk): Promise<void> => {
  await customers.byAddress('kim@example.com', {}, at(0), '01JMAIL');
  await customers.byIdentity(phone, {}, at(1), '01JPHONE');
  await customers.byIdentity(handle, {}, at(2), '01JHANDLE');
};

const idsOf = async ({ persons }: Desk, id: string) => (await persons.person(id))?.members.map((member) => member.id);

describe('identities', () => {
  onBothDesks((desk) => {
    test('a number and a handle have one customer each, who is found by them', async () => {
      const { customers } = desk();

      const made = await customers.byIdentity(phone, { name: 'Kim' }, at(0), '01JPHONE');
      const again = await customers.byIdentity(phone, {}, at(1), '01JOTHER');
      await customers.byIdentity(handle, {}, at(1), '01JHANDLE');

      expect(made).toEqual({ id: '01JPHONE', phone: '+4930123456', name: 'Kim', locale: 'en', type: 'standard' });
      expect(again.id).toBe('01JPHONE');
      expect((await customers.find('+4930123456'))?.id).toBe('01JPHONE');
      expect(await customers.find('Mastodon:KIM@social.example')).toMatchObject({
        id: '01JHANDLE',
        handle: { network: 'mastodon', name: 'kim@social.example' },
      });
    });

    test('the same number twice at once gives one customer', async () => {
      const { customers } = desk();

      const made = await Promise.all(Array.from({ length: 10 }, () => customers.byIdentity(phone, {}, at(0), ulid())));

      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    });

    test('an address that looks like a number or a handle is somebody else', async () => {
      const { customers } = desk();
      await three(desk());

      const twin = await customers.byIdentity({ kind: 'handle', value: 'x:+4930123456' }, {}, at(3), '01JTWIN');

      expect(twin.id).toBe('01JTWIN');
    });

    test('what was shown once stays shown, since then', async () => {
      const { customers } = desk();
      await customers.byIdentity(phone, {}, at(0), '01JPHONE');
      const before = (await customers.find('01JPHONE'))?.provenAt;

      await customers.byIdentity(phone, {}, at(1), '01JOTHER', true);
      await customers.prove('01JPHONE', at(2));
      await customers.byIdentity(phone, {}, at(3), '01JOTHER');

      expect(before).toBeUndefined();
      expect((await customers.find('01JPHONE'))?.provenAt).toBe(at(1));
    });

    test('nobody proves for a customer who is not there', async () => {
      await expect(desk().customers.prove('01JNOBODY', at(0))).rejects.toThrow();
    });

    test('linked customers are one person from every side, the first known first', async () => {
      await three(desk());

      const said = [
        await desk().persons.link('01JHANDLE', '01JPHONE', at(3)),
        await desk().persons.link('01JHANDLE', '01JMAIL', at(4)),
        await desk().persons.link('01JMAIL', '01JPHONE', at(5)),
      ];

      const all = ['01JMAIL', '01JPHONE', '01JHANDLE'];
      expect(said).toEqual(['linked', 'linked', 'linked-before']);
      expect(await Promise.all(all.map((id) => idsOf(desk(), id)))).toEqual([all, all, all]);
    });

    test.each(['01JMAIL', '01JPHONE', '01JHANDLE'])('%s is taken out again and the others stay one', async (id) => {
      await three(desk());
      await desk().persons.link('01JMAIL', '01JPHONE', at(3));
      await desk().persons.link('01JMAIL', '01JHANDLE', at(4));
      const others = ['01JMAIL', '01JPHONE', '01JHANDLE'].filter((each) => each !== id);

      const done = await desk().persons.unlink(id);

      expect(done).toBe(true);
      expect(await idsOf(desk(), id)).toEqual([id]);
      expect(await Promise.all(others.map((other) => idsOf(desk(), other)))).toEqual([others, others]);
    });

    test('the last link undone leaves two that stand alone, and can be made again', async () => {
      await three(desk());
      await desk().persons.link('01JMAIL', '01JPHONE', at(3));

      const done = [await desk().persons.unlink('01JMAIL'), await desk().persons.unlink('01JPHONE')];
      await desk().persons.link('01JPHONE', '01JMAIL', at(4));

      expect(done).toEqual([true, false]);
      expect(await idsOf(desk(), '01JPHONE')).toEqual(['01JMAIL', '01JPHONE']);
    });

    test('two links at once put nobody into two persons', async () => {
      await three(desk());

      await Promise.allSettled([
        desk().persons.link('01JMAIL', '01JHANDLE', at(3)),
        desk().persons.link('01JPHONE', '01JHANDLE', at(3)),
      ]);

      const persons = await Promise.all(['01JMAIL', '01JPHONE', '01JHANDLE'].map((id) => idsOf(desk(), id)));
      for (const members of persons) for (const id of members ?? []) expect(await idsOf(desk(), id)).toEqual(members);
    });

    test('a person has an end', async () => {
      const { customers, persons } = desk();
      const said: string[] = [];
      for (let index = 0; index < 21; index += 1) {
        await customers.byAddress(`kim${index}@example.com`, {}, at(index), `01JKIM${index}`);
        if (index > 0) said.push(await persons.link('01JKIM0', `01JKIM${index}`, at(index)));
      }

      expect(said.filter((each) => each === 'linked')).toHaveLength(19);
      expect(said.at(-1)).toBe('too-many');
    });

    test('a stranger is no person', async () => {
      expect(await desk().persons.person('01JNOBODY')).toBeUndefined();
      expect(await desk().persons.unlink('01JNOBODY')).toBe(false);
      await expect(desk().persons.link('01JNOBODY', '01JNOONE', at(0))).rejects.toThrow();
    });

    test('text messages belong to one ticket at a time: whoever decided on another is refused', async () => {
      const { tickets } = desk();
      const opened = [opening(), opening(), opening()];
      const line = (ticketId: string, before?: string) => ({
        customerId: '01JKIM',
        ticketId,
        ...(before !== undefined && { before }),
      });
      const [a, b, c] = opened.map(({ after }) => after.id);
      const take = (nth: number, before?: string) => {
        const change = opened[nth];
        if (!change) throw new Error(`${nth}`);
        return tickets.record({ ...change, line: line(change.after.id, before) });
      };
      const none = await tickets.line('01JKIM');

      await take(0);
      await expect(take(1)).rejects.toBeInstanceOf(ConcurrentChange);
      await take(1, a);
      await expect(take(2, a)).rejects.toBeInstanceOf(ConcurrentChange);

      expect([none, await tickets.line('01JKIM')]).toEqual([undefined, b]);
      expect(await tickets.ticket(c ?? '')).toBeUndefined();
    });

    test('a look-alike letter makes another handle', async () => {
      const { customers } = desk();
      await customers.byIdentity({ kind: 'handle', value: 'mastodon:kim' }, {}, at(0), '01JKIM');

      const twin = await customers.byIdentity({ kind: 'handle', value: 'mastodon:\u212aim' }, {}, at(1), '01JTWIN');
      const other = await customers.byIdentity({ kind: 'handle', value: 'chat:Kim' }, {}, at(1), '01JCHAT');
      const small = await customers.byIdentity({ kind: 'handle', value: 'chat:kim' }, {}, at(1), '01JSMALL');

      expect([twin.id, other.id, small.id]).toEqual(['01JTWIN', '01JCHAT', '01JSMALL']);
    });

    test('of STOP and START the one said last counts, in whatever order they arrive', async () => {
      const { textOptOuts } = desk();
      const before = await textOptOuts.has('+4930123456');

      await textOptOuts.say('+4930123456', 'stop', at(5));
      await textOptOuts.say('+4930123456', 'start', at(4));
      const stopped = await textOptOuts.has('+4930123456');
      await textOptOuts.say('+4930123456', 'start', at(6));

      expect([before, stopped, await textOptOuts.has('+4930123456')]).toEqual([false, true, false]);
      expect(await textOptOuts.has('+4930999999')).toBe(false);
    });

    test('a budget of a day is spent by as many as it has room for, at once or in turn', async () => {
      const { budgets } = desk();
      const take = () => budgets.take('01JKIM', 'text', 3, at(0));

      const taken = await Promise.all([take(), take(), take(), take(), take()]);

      expect(taken.filter(Boolean)).toHaveLength(3);
      expect(await budgets.take('01JKIM', 'identity', 3, at(0))).toBe(true);
      expect(await budgets.take('01JTWIN', 'text', 3, at(0))).toBe(true);
      expect(await budgets.take('01JKIM', 'text', 3, '2030-01-01T00:00:00.000Z')).toBe(true);
    });
  });
});
