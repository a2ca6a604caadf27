import { comparable } from '../../domain/identity/identity.ts';
import type { Budgets, TextOptOuts } from '../../domain/ports.ts';

export const fakeBudgets = (): Budgets => {
  const taken = new Map<string, number>();
  return {
    take: async (customerId, what, most, now) => {
      const key = [customerId, what, now.slice(0, 10)].join(' ');
      const before = taken.get(key) ?? 0;
      if (before >= most) return false;
      taken.set(key, before + 1);
      return true;
    },
  };
};

export const fakeTextOptOuts = (): TextOptOuts => {
  const wishes = new Map<string, { wish: 'stop' | 'start'; saidAt: string }>();
  const keyOf = (phone: string) => comparable({ kind: 'phone', value: phone });
  return {
    has: async (phone) => wishes.get(keyOf(phone))?.wish === 'stop',
    say: async (phone, wish, saidAt) => {
      if ((wishes.get(keyOf(phone))?.saidAt ?? '') < saidAt) wishes.set(keyOf(phone), { wish, saidAt });
    },
  };
};
