import type { RawRequest } from './contract.ts';

/** Who signed a request and for which service, as far as it says so. */
export interface Signature {
  accessKeyId?: string;
  /** The service of the credential scope, e.g. `s3`. */
  service?: string;
}

/**
 * Reads the credential of Signature Version 4 from the header or a presigned query. The signature itself is not checked:
 * the endpoint listens on 127.0.0.1 and keeps no secrets from its own machine.
 */
export const signatureOf = (raw: RawRequest): Signature => {
  const header = /Credential=([^,\s]+)/.exec(raw.headers.authorization ?? '')?.[1];
  const credential = header ?? raw.query.get('X-Amz-Credential') ?? undefined;
  if (credential === undefined) return {};
  const [accessKeyId = '', , , service] = credential.split('/');
  return service === undefined ? { accessKeyId } : { accessKeyId, service };
};
