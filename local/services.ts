import { AwsGate } from './aws/gate.ts';
import { DynamoDbService } from './dynamodb/dynamodb-service.ts';
import { EventsService } from './events/events-service.ts';
import { SchedulerService } from './events/scheduler-service.ts';
import { Faults } from './faults/faults.ts';
import { TemplateAuthorizer } from './iam/authorizer.ts';
import { createIdentity } from './identity/identity.ts';
import type { Kernel } from './kernel/kernel.ts';
import { LambdaService } from './lambda/service.ts';
import { DEFAULT_LIMITS } from './lambda/thread-pool.ts';
import { Meter } from './meter/meter.ts';
import { S3Service } from './s3/s3-service.ts';
import { SecretsService } from './secrets/secrets-service.ts';
import { SesService } from './ses/ses-service.ts';
import { SnsService } from './sns/sns-service.ts';
import { SqsService } from './sqs/service.ts';
import { StepFunctionsService } from './stepfunctions/service.ts';
import type { Deployment } from './template/contract.ts';

export interface ServicesOptions {
  kernel: Kernel;
  deployment: Deployment;
  /** Base URL of the AWS endpoint. */
  awsUrl: string;
  /** Threads for all functions together. */
  threads?: number;
  /** File of the tables; in memory when undefined. */
  tablesFile?: string;
  /** One line for the person at the terminal. */
  say: (line: string) => void;
  /** The tables are lost: the runtime cannot go on. */
  onLoss: (message: string) => void;
}

/** Every emulated service behind the one gate, made but not started. */
export type Services = ReturnType<typeof createServices>;

export const createServices = (options: ServicesOptions) => {
  const { kernel, deployment, say, onLoss, tablesFile } = options;
  const endpoint = (): string => options.awsUrl;
  const faults = new Faults();
  const meter = new Meter();
  const aws = new AwsGate({ authorizer: new TemplateAuthorizer(deployment), faults, meter });
  const parts = { kernel, aws, deployment, meter, faults, say, endpoint };
  const file = tablesFile === undefined ? {} : { file: tablesFile };
  const limits = options.threads === undefined ? {} : { limits: { ...DEFAULT_LIMITS, total: options.threads } };
  const dynamodb = new DynamoDbService({ kernel, deployment, meter, onLoss, ...file });
  const sqs = new SqsService(parts);
  const services = {
    dynamodb,
    streams: dynamodb.streams,
    sqs,
    s3: new S3Service(parts),
    secrets: new SecretsService(parts),
    sns: new SnsService(parts),
    ses: new SesService(parts),
    events: new EventsService(parts),
    scheduler: new SchedulerService(parts),
    lambda: new LambdaService({ ...parts, ...limits, changeLog: dynamodb.changes, queues: sqs }),
    states: new StepFunctionsService(parts),
  };
  for (const service of Object.values(services)) aws.register(service);
  return { ...services, aws, faults, meter, identity: createIdentity(parts) };
};

/**
 * Starts them in the order in which they lean on each other: what is called first, then what calls. Work left under way
 * by the process before goes on from here.
 */
export const startServices = async (services: Services): Promise<void> => {
  const { dynamodb, sqs, s3, secrets, identity, lambda, states, sns, ses, events, scheduler } = services;
  for (const service of [dynamodb, sqs, s3, secrets, identity, lambda, states, sns, ses, events, scheduler]) {
    await service.start();
  }
  await lambda.startMappings();
};

/** Stops them in the reverse order; what is under way stays stored. */
export const stopServices = async (services: Services): Promise<void> => {
  const { dynamodb, sqs, s3, secrets, lambda, states, sns, ses, events, scheduler } = services;
  for (const service of [scheduler, events, ses, sns, lambda, states, secrets, s3, sqs, dynamodb]) await service.stop();
};
