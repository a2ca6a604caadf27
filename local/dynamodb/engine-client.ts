import { Agent, request } from 'node:http';
import { AwsError } from '../aws/contract.ts';
import { STREAM_LABEL } from '../template/identities.ts';
import { isObject, type JsonObject } from '../template/values.ts';
import type { Engine } from './engine.ts';

/** The engine names another region in its ARNs. */
const ENGINE_REGION = 'arn:aws:dynamodb:dynoxide:';
const OUR_REGION = 'arn:aws:dynamodb:us-east-1:';

/** The engine wants to see a signature but does not check it. */
const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=LOCAL/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';

const PREFIX = { dynamodb: 'DynamoDB_20120810', streams: 'DynamoDBStreams_20120810' } as const;

/** Speaks to the engine over kept-alive connections; answers and errors are those of DynamoDB. */
export class EngineClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly engine: Engine;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** One operation; a refusal becomes the `AwsError` of its name with its further members. */
  async call(api: keyof typeof PREFIX, operation: string, input: JsonObject): Promise<JsonObject> {
    const { status, text } = await this.post(`${PREFIX[api]}.${operation}`, JSON.stringify(input));
    const answer: unknown = JSON.parse(text === '' ? '{}' : text);
    if (!isObject(answer)) throw new Error(`The DynamoDB engine answered ${operation} with ${text.slice(0, 200)}`);
    if (status < 300) return answer;
    const { __type: type, message, Message, ...members } = answer;
    const code = String(type).replace(/^.*#/, '');
    throw new AwsError(code, String(message ?? Message ?? code), status, members);
  }

  /** The same for operations on tables and streams: ARNs in and out are the runtime's. */
  async describe(api: keyof typeof PREFIX, operation: string, input: JsonObject): Promise<JsonObject> {
    const asked: unknown = JSON.parse(JSON.stringify(input).replaceAll(OUR_REGION, ENGINE_REGION));
    const answer = await this.call(api, operation, isObject(asked) ? asked : input);
    const told: unknown = JSON.parse(
      JSON.stringify(answer)
        .replaceAll(ENGINE_REGION, OUR_REGION)
        .replace(/(:table\/[^/"]+\/stream\/)[\d.]+/g, `$1${STREAM_LABEL}`)
        .replace(/("(?:Latest)?StreamLabel":")[\d.]+/g, `$1${STREAM_LABEL}`),
    );
    return isObject(told) ? told : answer;
  }

  close(): void {
    this.agent.destroy();
  }

  private post(target: string, body: string): Promise<{ status: number; text: string }> {
    return new Promise((answered, failed) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.engine.port,
          method: 'POST',
          agent: this.agent,
          headers: {
            'x-amz-target': target,
            'content-type': 'application/x-amz-json-1.0',
            'content-length': Buffer.byteLength(body),
            'x-amz-date': '20260101T000000Z',
            authorization: AUTHORIZATION,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', failed);
          response.on('end', () =>
            answered({ status: response.statusCode ?? 500, text: Buffer.concat(chunks).toString('utf8') }),
          );
        },
      );
      sent.on('error', () =>
        failed(new AwsError('InternalServerError', 'The DynamoDB engine does not answer; try again', 500)),
      );
      sent.end(body);
    });
  }
}
