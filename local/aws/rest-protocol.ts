import type { AwsError, RawRequest, RawResponse, ServiceName } from './contract.ts';
import type { Signature } from './signature.ts';
import { escapeXml } from './xml.ts';

/** REST services by the service of their signature. */
const SIGNED: Record<string, ServiceName> = { s3: 's3', lambda: 'lambda', scheduler: 'scheduler' };

/** The REST service a request is for; undefined for one the runtime lacks (its signature names it). */
export const restService = (raw: RawRequest, signature: Signature): ServiceName | undefined => {
  if (signature.service !== undefined) return SIGNED[signature.service];
  if (/^\/20\d\d-\d\d-\d\d\//.test(raw.path)) return 'lambda';
  return 's3';
};

/** Errors of S3 are XML, those of the other REST services JSON with the name in a header. */
export const restError = (service: ServiceName, raw: RawRequest, error: AwsError, requestId: string): RawResponse => {
  if (service === 's3') {
    return {
      status: error.status,
      headers: { 'content-type': 'application/xml' },
      body:
        raw.method === 'HEAD'
          ? ''
          : `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message><Resource>${escapeXml(raw.path)}</Resource><RequestId>${requestId}</RequestId></Error>`,
    };
  }
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
    body: JSON.stringify({
      Type: error.status >= 500 ? 'Service' : 'User',
      Message: error.message,
      message: error.message,
      ...error.members,
    }),
  };
};
