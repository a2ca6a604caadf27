import { expect, test } from 'vitest';
import { routeOf } from '../../functions/_shared/http/route.ts';

const routes = { 'GET /desk/queue': 'queue' };

test('an event is answered by the route it came by', () => {
  const route = routeOf(routes, { routeKey: 'GET /desk/queue' });

  expect(route).toBe('queue');
});

test.each(['GET /desk/other', 'toString', '__proto__'])('%s is no route, and answers 404', (routeKey) => {
  expect(() => routeOf(routes, { routeKey })).toThrow(expect.objectContaining({ status: 404 }));
});
