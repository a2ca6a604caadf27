import { AwsError, type RawRequest, type RawResponse, type ServiceName } from './contract.ts';
import { escapeXml, xmlElement } from './xml.ts';

/** API versions that name the service of a Query request. */
const SERVICES: Record<string, { name: ServiceName; namespace: string }> = {
  '2010-12-01': { name: 'ses', namespace: 'http://ses.amazonaws.com/doc/2010-12-01/' },
  '2010-03-31': { name: 'sns', namespace: 'http://sns.amazonaws.com/doc/2010-03-31/' },
};

/** Versions of Query services that clients may try, to refuse them by name. */
const ABSENT: Record<string, string> = {
  '2011-06-15': 'STS',
  '2010-05-08': 'IAM',
  '2010-05-15': 'CloudFormation',
  '2010-08-01': 'CloudWatch',
  '2012-11-05': 'SQS over the Query protocol (use a client that speaks AWS JSON)',
};

type Tree = { [key: string]: Tree | string };

export interface QueryCall {
  service: ServiceName;
  namespace: string;
  operation: string;
  input: Record<string, unknown>;
}

const put = (tree: Tree, path: readonly string[], value: string): void => {
  const [head = '', ...rest] = path;
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const known = tree[head];
  const branch: Tree = typeof known === 'object' ? known : {};
  tree[head] = branch;
  put(branch, rest, value);
};

const numbered = (tree: Tree): Array<Tree | string> =>
  Object.entries(tree)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item);

/** `X.member.N` becomes a list, `X.entry.N.{Name|key, Value|value}` an object, all else a structure. */
const shaped = (node: Tree | string): unknown => {
  if (typeof node === 'string') return node;
  const { member, entry } = node;
  if (typeof member === 'object' && Object.keys(node).length === 1) return numbered(member).map(shaped);
  if (typeof entry === 'object' && Object.keys(node).length === 1) {
    return Object.fromEntries(
      numbered(entry).flatMap((pair) => {
        if (typeof pair === 'string') return [];
        const name = pair.Name ?? pair.key;
        return typeof name === 'string' ? [[name, shaped(pair.Value ?? pair.value ?? '')]] : [];
      }),
    );
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, shaped(value)]));
};

/** Whether the request is of the Query protocol, whose only path is the root. */
export const isQuery = (raw: RawRequest): boolean =>
  raw.path === '/' &&
  (raw.query.has('Action') || (raw.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded'));

/** Reads the form of a Query request; every scalar is text, as on the wire. */
export const parseQuery = (raw: RawRequest): QueryCall => {
  const form = raw.method === 'GET' ? raw.query : new URLSearchParams(raw.body.toString('utf8'));
  const tree: Tree = {};
  for (const [key, value] of form) put(tree, key.split('.'), value);
  const { Action: operation, Version: version, ...rest } = tree;
  if (typeof operation !== 'string' || typeof version !== 'string') {
    throw new AwsError('MissingAction', 'A Query request names an Action and a Version');
  }
  const service = SERVICES[version];
  if (!service) {
    const what = ABSENT[version] ?? `the API version ${version}`;
    throw new AwsError('NotSupportedByLocalRuntime', `The local runtime has no ${what} (${operation})`, 501);
  }
  return {
    service: service.name,
    namespace: service.namespace,
    operation,
    input: Object.fromEntries(Object.entries(rest).map(([key, node]) => [key, shaped(node)])),
  };
};

const XML = { 'content-type': 'text/xml' };

export const queryAnswer = (call: QueryCall, output: Record<string, unknown>, requestId: string): RawResponse => {
  const members = Object.entries(output)
    .map(([key, value]) => xmlElement(key, value))
    .join('');
  const { operation } = call;
  return {
    status: 200,
    headers: XML,
    body: `<${operation}Response xmlns="${call.namespace}"><${operation}Result>${members}</${operation}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${operation}Response>`,
  };
};

export const queryError = (error: AwsError, requestId: string): RawResponse => ({
  status: error.status,
  headers: XML,
  body: `<ErrorResponse><Error><Type>${error.status >= 500 ? 'Receiver' : 'Sender'}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
});
