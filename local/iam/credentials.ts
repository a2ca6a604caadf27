import { createHash } from 'node:crypto';
import { type Caller, ROOT } from '../aws/contract.ts';

/** Credentials as an SDK takes them; of a role they are session credentials. */
export interface RoleCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

const holders = new Map<string, Caller>();
const secrets = new Map<string, string>();

const digest = (purpose: string, text: string): string =>
  createHash('sha256').update(`${purpose}\n${text}`).digest('hex');

/** Session credentials by which the endpoint knows the role and its holder (a function's or machine's name). */
export const credentialsFor = (roleArn: string, holder: string): RoleCredentials => {
  const identity = `${roleArn}\n${holder}`;
  const accessKeyId = `ASIA${digest('key', identity).slice(0, 16).toUpperCase()}`;
  const secretAccessKey = digest('secret', identity).slice(0, 40);
  holders.set(accessKeyId, { kind: 'role', roleArn, holder });
  secrets.set(accessKeyId, secretAccessKey);
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken: digest('session', identity),
  };
};

/** Who signs with this key; keys not issued here are somebody outside, who is the account's root. */
export const callerOf = (accessKeyId: string): Caller => holders.get(accessKeyId) ?? ROOT;

/** The secret of a key issued here, to check what was signed with it. */
export const secretOf = (accessKeyId: string): string | undefined => secrets.get(accessKeyId);
