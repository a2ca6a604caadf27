import { expect, test } from 'vitest';
import { ConcurrentChange, RequestAlreadyTaken } from '../../domain/errors.ts';
import { untilStored } from '../../functions/_shared/until-stored.ts';

const overtaken = new ConcurrentChange('T-7K2M9Q');

test('who was overtaken decides again, and is told which attempt it is', async () => {
  const attempts: number[] = [];

  const stored = await untilStored(async (attempt) => {
    attempts.push(attempt);
    if (attempt < 3) throw overtaken;
    return 'stored';
  });

  expect(stored).toBe('stored');
  expect(attempts).toEqual([1, 2, 3]);
});

test('who is overtaken eight times leaves it to the caller', async () => {
  let attempts = 0;

  const deciding = untilStored(async () => {
    attempts += 1;
    throw overtaken;
  });

  await expect(deciding).rejects.toBe(overtaken);
  expect(attempts).toBe(8);
});

test('any other error ends it at once, unless it is said to mean that somebody was faster', async () => {
  const taken = new RequestAlreadyTaken('sms#1');
  const attempts: number[] = [];
  const decide = async (attempt: number): Promise<string> => {
    attempts.push(attempt);
    if (attempt === 1) throw taken;
    return 'stored';
  };

  await expect(untilStored(decide)).rejects.toBe(taken);
  await expect(untilStored(decide, (error) => error === taken)).resolves.toBe('stored');

  expect(attempts).toEqual([1, 1, 2]);
});
