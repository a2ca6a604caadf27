import type { Runtime } from '../runtime.ts';
import { isObject, listAt, textAt } from '../template/values.ts';

/**
 * Where nobody of the team is present, calls everybody in, as an admin would do by the desk's API: a desk tried for the
 * first time would otherwise leave every ticket in the queue. A template without that API is left alone.
 */
export const callInTheTeam = async ({ deployment, services, ports }: Runtime): Promise<void> => {
  if (deployment.resources('AWS::Cognito::UserPoolClient').length === 0) return;
  const { access } = await services.identity.token({ user: 'local-runtime', groups: ['agent', 'lead', 'admin'] });
  const ask = (method: string, path: string): Promise<Response> =>
    fetch(`http://127.0.0.1:${ports.http}${path}`, { method, headers: { authorization: `Bearer ${access}` } });
  const answer = await ask('GET', '/desk/team');
  // A template whose desk is another one, or none, has no team to call in.
  if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return;
  const team = listAt(await answer.json(), 'agents').filter(isObject);
  if (team.some((agent) => agent.present === true)) return;
  for (const agent of team) {
    const id = textAt(agent, 'id');
    if (id !== undefined) await ask('POST', `/desk/team/${encodeURIComponent(id)}/back`);
  }
};
