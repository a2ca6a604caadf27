import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../faults/faults.ts';
import type { Meter } from '../meter/meter.ts';
import {
  type Aws,
  AwsError,
  type AwsRequest,
  type AwsService,
  type Caller,
  type Permission,
  type ServiceName,
} from './contract.ts';

/** Says no by throwing: whether a caller may do what a request needs. */
export interface Authorizer {
  authorize(caller: Caller, permission: Permission): Promise<void>;
}

/** AWS answers these as its own failure (5xx), every other error as the caller's (400). */
const SERVER_FAULTS: Record<string, number> = {
  InternalServerError: 500,
  InternalError: 500,
  InternalFailure: 500,
  ServiceException: 500,
  ServiceUnavailable: 503,
  SlowDown: 503,
  TooManyRequestsException: 429,
};

/** The one door to the services: role check, then faults, then the meter, then the service itself. */
export class AwsGate implements Aws {
  private readonly services = new Map<ServiceName, AwsService>();
  private readonly authorizer: Authorizer;
  private readonly faults: Faults;
  private readonly meter: Meter;

  constructor(parts: { authorizer: Authorizer; faults: Faults; meter: Meter }) {
    this.authorizer = parts.authorizer;
    this.faults = parts.faults;
    this.meter = parts.meter;
  }

  register(service: AwsService): void {
    this.services.set(service.name, service);
  }

  service(name: ServiceName): AwsService {
    const service = this.services.get(name);
    if (!service) throw new AwsError('NotSupportedByLocalRuntime', `The local runtime has no service ${name}`, 501);
    return service;
  }

  async call(
    name: ServiceName,
    operation: string,
    input: Record<string, unknown>,
    caller: Caller,
  ): Promise<Record<string, unknown>> {
    const service = this.service(name);
    if (!service.operations.includes(operation)) {
      throw new AwsError(
        'NotSupportedByLocalRuntime',
        `The local runtime does not carry out ${name} ${operation}`,
        501,
      );
    }
    const request: AwsRequest = { operation, input, caller, requestId: randomUUID() };
    if (caller.kind !== 'root') {
      for (const permission of service.permissions(request)) await this.authorizer.authorize(caller, permission);
    }
    const fault = this.faults.next(name, operation);
    if (fault?.kind === 'latency') await sleep(fault.ms);
    if (fault?.kind === 'error' && !fault.after) throw injected(fault.code);
    // What AWS services put on the bus themselves is free (EventBridge pricing, "AWS service events").
    if (name !== 'events' || caller.kind !== 'service') this.meter.call(name, operation);
    const output = await service.handle(request);
    if (fault?.kind === 'error' && fault.after) throw injected(fault.code);
    return output;
  }
}

const injected = (code: string): AwsError => new AwsError(code, 'Injected fault', SERVER_FAULTS[code] ?? 400);
