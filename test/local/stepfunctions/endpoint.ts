import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runInNewContext } from 'node:vm';
import { type Aws, AwsError, ROOT } from '../../../local/aws/contract.ts';
import { createKernel } from '../../../local/kernel/kernel.ts';
import { isObject } from '../../../local/stepfunctions/json.ts';
import { StepFunctionsService } from '../../../local/stepfunctions/service.ts';

/** Step Functions alone on an HTTP port (AWS JSON 1.0), with Lambda functions of one file, to try executions from outside. */
export interface Endpoint {
  url: string;
  close(): Promise<void>;
}

type Handler = (event: unknown) => Promise<unknown>;

/** The one stored file of a zip archive. */
const storedFile = (zip: Buffer): string => {
  const start = 30 + zip.readUInt16LE(26) + zip.readUInt16LE(28);
  return zip.subarray(start, start + zip.readUInt32LE(18)).toString();
};

const compileHandler = (source: string): Handler => {
  const exported: { handler?: Handler } = {};
  runInNewContext(source, { exports: exported });
  if (!exported.handler) throw new Error('The code exports no handler.');
  return exported.handler;
};

export const openEndpoint = async (options: { file?: string; port?: number } = {}): Promise<Endpoint> => {
  const kernel = createKernel({
    start: Date.now(),
    speed: 1,
    ...(options.file === undefined ? {} : { file: options.file }),
  });
  const functions = new Map<string, Handler>();
  const aws: Aws = {
    call: async (service, operation, input) => {
      if (service === 'states') return states.handle({ operation, input, caller: ROOT, requestId: 'test' });
      const name = String(input.FunctionName).split(':').at(-1) ?? '';
      const handler = functions.get(name);
      if (service !== 'lambda' || operation !== 'Invoke' || !handler) {
        throw new AwsError('ResourceNotFoundException', `Function not found: ${name}`, 404);
      }
      try {
        const result = await handler(JSON.parse(String(input.Payload)));
        return { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: Buffer.from(JSON.stringify(result ?? null)) };
      } catch (error) {
        const { name: errorType, message: errorMessage } = isObject(error)
          ? error
          : { name: 'Error', message: String(error) };
        const payload = JSON.stringify({ errorType, errorMessage, trace: [] });
        return {
          StatusCode: 200,
          FunctionError: 'Unhandled',
          ExecutedVersion: '$LATEST',
          Payload: Buffer.from(payload),
        };
      }
    },
  };
  const deployment = {
    resources: () => [],
    resource: () => undefined,
    byArn: () => undefined,
    assetDirectory: () => '',
  };
  const states = new StepFunctionsService({ kernel, aws, deployment });
  await states.start();

  const answer = async (path: string, target: string, body: string): Promise<unknown> => {
    const input: unknown = JSON.parse(body);
    if (!isObject(input)) throw new AwsError('ValidationException', 'not an object');
    if (path === '/2015-03-31/functions') {
      const code = isObject(input.Code) ? String(input.Code.ZipFile) : '';
      const name = String(input.FunctionName);
      functions.set(name, compileHandler(storedFile(Buffer.from(code, 'base64'))));
      return { FunctionName: name, FunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}` };
    }
    return states.handle({ operation: target.split('.').at(-1) ?? '', input, caller: ROOT, requestId: 'test' });
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const target = request.headers['x-amz-target'];
      answer(request.url ?? '/', typeof target === 'string' ? target : '', Buffer.concat(chunks).toString()).then(
        (output) => response.end(JSON.stringify(output)),
        (error: unknown) => {
          const code = error instanceof AwsError ? error.code : 'InternalFailure';
          response.statusCode = error instanceof AwsError ? error.status : 500;
          response.end(
            JSON.stringify({ __type: code, message: error instanceof Error ? error.message : String(error) }),
          );
        },
      );
    });
  });
  await new Promise<void>((done) => server.listen(options.port ?? 0, '127.0.0.1', done));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      await states.stop();
      kernel.timers.stop();
      await new Promise((done) => server.close(done));
    },
  };
};
