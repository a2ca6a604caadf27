import { describe, expect, test } from 'vitest';
import { CustomerMadeMeanwhile } from '../../domain/errors.ts';
import { at, opening, ulid } from './changes.ts';
import { onBothDesks } from './desks.ts';

describe('customers, the team and addresses', () => {
  onBothDesks((desk) => {
    test('an address has one customer, however it is written', async () => {
      const { customers } = desk();
      const first = await customers.byAddress('Kim@Example.com', { name: 'Kim', locale: 'de' }, at(0), '01JKIM');

      const second = await customers.byAddress(' kim@example.com', {}, at(1), '01JOTHER');

      expect(first).toEqual({
        id: '01JKIM',
        email: 'Kim@Example.com',
        name: 'Kim',
        locale: 'de',
        type: 'standard',
        localeChosen: true,
      });
      expect(second).toMatchObject({ id: '01JKIM', name: 'Kim', locale: 'de' });
      expect(await customers.find('KIM@example.com')).toEqual({ ...first, since: at(0) });
      expect(await customers.find('01JKIM')).toEqual({ ...first, since: at(0) });
    });

    test('a card number that somebody wrote for a name is not kept', async () => {
      const { customers } = desk();
      const seen = { name: '4111 1111 1111 1111' };

      const met = await customers.byAddress('kim@example.com', seen, at(0), '01JKIM');
      const again = await customers.byAddress('kim@example.com', seen, at(1), '01JOTHER');

      expect([met.name, again.name]).toEqual(['**** **** **** 1111', '**** **** **** 1111']);
      expect((await customers.find('01JKIM'))?.name).toBe('**** **** **** 1111');
    });

    test('words too long for any key are nobody', async () => {
      const { customers, parked } = desk();

      expect(await customers.find('a'.repeat(2100))).toBeUndefined();
      expect(await customers.find('ü'.repeat(1100))).toBeUndefined();
      expect(await parked.get('a'.repeat(3000), at(0))).toBeUndefined();
    });

    test('the same address twice at once gives one customer', async () => {
      const { customers } = desk();

      const made = await Promise.all(
        Array.from({ length: 10 }, () => customers.byAddress('twin@example.com', {}, at(0), ulid())),
      );

      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    });

    test('a newcomer is kept with the ticket they open, and only the first of two at once', async () => {
      const { customers, tickets } = desk();
      const [first, second] = [
        await customers.meet('new@example.com', { name: 'Kim' }, at(0), ulid()),
        await customers.meet('New@example.com', {}, at(0), ulid()),
      ];
      const openedBy = ({ customer, newcomer }: typeof first) => ({
        ...opening({ customer }),
        ...(newcomer && { newcomer }),
      });

      await tickets.record(openedBy(first));
      const late = openedBy(second);

      await expect(tickets.record(late)).rejects.toThrow(CustomerMadeMeanwhile);
      expect(await tickets.ticket(late.after.id)).toBeUndefined();
      expect(await customers.find('new@example.com')).toMatchObject({ id: first.customer.id, name: 'Kim' });
      const again = await customers.meet('new@example.com', {}, at(1), ulid());
      expect(again.newcomer).toBeUndefined();
      expect(again.customer).toMatchObject({ id: first.customer.id, name: 'Kim' });
    });

    test('what somebody says of themselves later does not rename the customer', async () => {
      const { customers } = desk();
      await customers.byAddress('kim@example.com', { name: 'Kim' }, at(0), '01JKIM');

      const seen = await customers.byAddress('kim@example.com', { name: 'Mallory' }, at(1), '01JOTHER');

      expect(seen.name).toBe('Mallory');
      expect((await customers.find('01JKIM'))?.name).toBe('Kim');
    });

    test('nobody is found by an unknown address or id', async () => {
      const { customers } = desk();

      expect(await customers.find('nobody@example.com')).toBeUndefined();
      expect(await customers.find('01JNOBODY')).toBeUndefined();
    });

    test('agents are present until they go away, and keep their load while they are', async () => {
      const { team } = desk();

      await team.setPresent('ada', false, at(0));
      const away = await team.now();
      await team.setPresent('ada', true, at(1));

      expect(away.map(({ id, present, load }) => [id, present, load])).toEqual([
        ['ada', false, 0],
        ['ben', true, 0],
      ]);
      expect((await team.now()).map(({ present }) => present)).toEqual([true, true]);
    });

    test('a suppressed address stays suppressed, however it is written', async () => {
      const { suppressions } = desk();
      const before = await suppressions.has('gone@example.com');

      await suppressions.add('Gone@Example.com', 'bounce', at(0));

      expect(before).toBe(false);
      expect(await suppressions.has('gone@example.com')).toBe(true);
    });

    test('a customer opts out of surveys as often as they like, alone, and comes back at any time', async () => {
      const { customers, optOuts } = desk();
      const kim = await customers.byAddress('kim@example.com', {}, at(0), '01JKIM');
      const before = await optOuts.has(kim.id);

      await Promise.all([optOuts.add(kim.id, at(0)), optOuts.add(kim.id, at(1)), optOuts.add(kim.id, at(2))]);
      const opted = [await optOuts.has(kim.id), await optOuts.has('01JOTHER')];
      await optOuts.remove(kim.id);
      await optOuts.remove(kim.id);

      expect([before, ...opted, await optOuts.has(kim.id)]).toEqual([false, true, false, false]);
      expect(await customers.find('kim@example.com')).toMatchObject(kim);
    });
  });
});
