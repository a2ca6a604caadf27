import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../cdk.json' with { type: 'json' };
import type { Bundles } from './bundling/bundles.ts';
import { type DeskFacts, readDeskFacts } from './desk-facts.ts';
import { DataStack } from './stacks/data-stack.ts';
import { ServiceStack } from './stacks/service-stack.ts';
import type { Watch } from './stacks/watch.ts';

export interface StageOptions {
  bundles: Bundles;
  /** Folder with the *.asl.json files. */
  workflowsDir: string;
  /** Where the cloud assembly goes. */
  outdir: string;
  /** Context beside that of cdk.json and the command line: stage, deskAddress, alarmEmail. */
  context?: Record<string, string>;
  /** What the deployment reads of desk/policy.yaml; the compiled file unless said. */
  desk?: DeskFacts;
}

export interface CarelineStage {
  app: App;
  data: DataStack;
  service: ServiceStack;
  watch: Watch;
}

/**
 * The CLI asks for the first two; without it they make the same templates, which say where each resource comes from. A
 * stack trace for each resource would cost a sixth of the synthesis, and findings name the construct anyway.
 */
const assembly = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:disable-stack-trace': true,
};

/**
 * One stage of Careline: two stacks, with the AwsSolutions rules of cdk-nag checked whenever they are synthesized.
 * Context: `stage` (local), `deskAddress` (support@desk.example.com), `alarmEmail` (nobody).
 */
export function carelineStage({
  bundles,
  workflowsDir,
  outdir,
  context,
  desk = readDeskFacts(),
}: StageOptions): CarelineStage {
  const app = new App({
    outdir,
    analyticsReporting: false,
    context: { ...cdkJson.context, ...assembly, ...context },
  });
  const stage = settingOf(app, 'stage', 'local');
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(stage)) {
    throw new Error(`The stage "${stage}" must be a short lower-case name, as it becomes part of names in AWS.`);
  }
  const deskAddress = settingOf(app, 'deskAddress', 'support@desk.example.com');
  const alarmEmail = settingOf(app, 'alarmEmail', '') || undefined;
  const mailDomain = domainOf(deskAddress);

  const data = new DataStack(app, 'Careline-Data', {
    stackName: `careline-${stage}-data`,
    description: 'Careline: what must survive',
    terminationProtection: true,
    stage,
    mailDomain,
  });
  const service = new ServiceStack(app, 'Careline-Service', {
    stackName: `careline-${stage}-service`,
    description: 'Careline: what can be rebuilt',
    stage,
    deskAddress,
    mailDomain,
    alarmEmail,
    data,
    bundles,
    workflowsDir,
    desk,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  return { app, data, service, watch: service.watch };
}

function settingOf(app: App, key: string, otherwise: string): string {
  const value: unknown = app.node.tryGetContext(key) ?? otherwise;
  if (typeof value !== 'string') throw new Error(`The context value ${key} must be a string.`);
  return value;
}

function domainOf(address: string): string {
  const [, domain] = /^[^@\s]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/i.exec(address) ?? [];
  if (!domain) throw new Error(`The context value deskAddress must be a mail address; "${address}" is none.`);
  return domain.toLowerCase();
}
