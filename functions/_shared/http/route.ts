import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { notFound } from '../problem.ts';

/** What a function does on the route of this event: the HTTP API did the matching. Throws 404 for one it has not. */
export const routeOf = <Route>(
  routes: Readonly<Record<string, Route>>,
  { routeKey }: Pick<APIGatewayProxyEventV2, 'routeKey'>,
): Route => {
  const route = Object.hasOwn(routes, routeKey) ? routes[routeKey] : undefined;
  if (route === undefined) throw notFound();
  return route;
};
