import { REGION } from '../aws/contract.ts';
import { credentialsFor } from '../iam/credentials.ts';
import type { Resource } from '../template/contract.ts';
import type { ControlParts } from './contract.ts';
import { notFound, unprocessable } from './problem.ts';
import type { Routes } from './router.ts';

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** A function by its name, or by the words of its construct: `send-mail` is `Careline-Service/SendMail`. */
const functionCalled = (functions: Resource[], name: string): Resource | undefined =>
  functions.find(({ ref, logicalId }) => ref === name || logicalId === name) ??
  functions.find(({ path }) => path.split('/').some((part) => plain(part) === plain(name))) ??
  functions.find(({ path }) => plain(path).includes(plain(name)));

const functionNamed = ({ deployment }: ControlParts, name: string): Resource => {
  const found = functionCalled(deployment.resources('AWS::Lambda::Function'), name);
  if (!found) throw notFound(`The template has no function ${name}`);
  return found;
};

const list = (text: string | null): string[] =>
  (text ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** Tokens, secrets, credentials of roles, logs, events. */
export const accountRoutes = (parts: ControlParts): Routes => ({
  'GET token': async ({ query }) => {
    const user = query.get('user');
    const ttl = query.get('ttl');
    if (!user) throw unprocessable('user= is missing');
    if (ttl !== null && !/^\d{1,9}$/.test(ttl)) throw unprocessable('ttl= is a number of seconds');
    const tokens = await parts.token({
      user,
      groups: list(query.get('groups')),
      ...(ttl === null ? {} : { ttl: Number(ttl) }),
    });
    return { token: tokens.access, ...tokens };
  },
  'GET secrets': async () => ({ secrets: parts.secrets() }),
  'GET events': async () => ({ events: parts.events() }),
  'GET logs': async ({ query }) => {
    const name = query.get('function');
    return { logs: name === null ? parts.logs() : parts.logs(functionNamed(parts, name).ref) };
  },
  'GET as/{}': async ({ argument }) => {
    const found = functionNamed(parts, argument);
    const roleArn = String(found.properties.Role);
    return {
      ...credentialsFor(roleArn, found.ref),
      function: found.ref,
      roleArn,
      region: REGION,
      endpoint: parts.awsUrl,
    };
  },
});
