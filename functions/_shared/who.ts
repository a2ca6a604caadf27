import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Agent } from '../../domain/policy.ts';
import { Problem } from './problem.ts';

/** Who is asking: a person of the team, by the token that the API's authorizer has checked. */
export interface Who {
  /** Their id in team.yaml; the user name for somebody who works no tickets. */
  id: string;
  name: string;
  /** The groups of team.yaml they work in. */
  groups: readonly string[];
  /** May act for others: in the token's group `lead` or `admin`. */
  leads: boolean;
}

/** Claims as an HTTP API hands them over: all text, a list as `[agent lead]`. */
const claimsOf = z.object({
  requestContext: z.object({
    authorizer: z.object({
      jwt: z.object({
        claims: z.object({
          username: z.optional(z.string()),
          'cognito:username': z.optional(z.string()),
          email: z.optional(z.string()),
          'cognito:groups': z.optional(z.string()),
        }),
      }),
    }),
  }),
});

/** Throws 403 for a token without one of the desk's groups. */
export const whoAsks = (event: APIGatewayProxyEventV2, team: readonly Agent[]): Who => {
  const read = claimsOf.safeParse(event);
  const claims = read.success ? read.data.requestContext.authorizer.jwt.claims : {};
  const groups = groupsIn(claims['cognito:groups']);
  const leads = groups.includes('lead') || groups.includes('admin');
  const user = claims.username ?? claims['cognito:username'];
  if (user === undefined || (!leads && !groups.includes('agent')))
    throw new Problem(403, 'The desk is for its agents, leads and admins.');
  // By name first: with a colleague's address nobody is taken for that colleague.
  const agent =
    team.find(({ id }) => id === user) ?? team.find(({ email }) => email === claims.email || email === user);
  return {
    id: agent?.id ?? user,
    name: agent?.name ?? user,
    groups: agent?.groups ?? [],
    leads,
  };
};

const groupsIn = (claim = ''): string[] => claim.replace(/^\[|\]$/g, '').split(/[\s,]+/);

/** The same for what an admin alone may do. Throws 403 for everybody else. */
export const whichAdminAsks = (event: APIGatewayProxyEventV2, team: readonly Agent[]): Who => {
  const who = whoAsks(event, team);
  const { claims } = claimsOf.parse(event).requestContext.authorizer.jwt;
  if (!groupsIn(claims['cognito:groups']).includes('admin')) throw new Problem(403, 'This is for admins alone.');
  return who;
};
