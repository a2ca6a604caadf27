import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bundles } from '../../infra/bundling/bundles.ts';
import { type CarelineStage, carelineStage } from '../../infra/stage.ts';
import { factsAboutFailures } from './facts/failures.ts';
import { factsAboutFlow } from './facts/flow.ts';
import { factsAboutFunctions } from './facts/functions.ts';
import { factsAboutPermissions } from './facts/permissions.ts';
import { factsAboutRoutes } from './facts/routes.ts';
import { factsAboutTheStream } from './facts/stream.ts';
import { factsAboutSurvival } from './facts/survival.ts';
import { standInFunctions, temporaryFolder, workflowsDir } from './support/stand-ins.ts';
import { Templates } from './support/template.ts';

const folder = temporaryFolder();
let bundles: Bundles;
let synthesized: Templates;
let assembly: string;

const aStage = (context: Record<string, string> = {}): CarelineStage =>
  carelineStage({ bundles, workflowsDir, outdir: join(folder.path, 'cdk.out', String(Math.random())), context });

beforeAll(async () => {
  bundles = await Bundles.of(standInFunctions(folder.path), join(folder.path, 'bundles'));
  const stage = aStage();
  assembly = stage.app.synth().directory;
  synthesized = new Templates(stage);
});

afterAll(() => folder.remove());

factsAboutFunctions(() => synthesized);
factsAboutPermissions(() => synthesized);
factsAboutFailures(() => synthesized);
factsAboutRoutes(() => synthesized);
factsAboutFlow(() => synthesized);
factsAboutTheStream(() => synthesized);
factsAboutSurvival(() => synthesized);

describe('the synthesis', () => {
  test('builds every function of the repository, each once', () => {
    const built = synthesized.of('AWS::Lambda::Function').map(({ properties }) => properties.Description.split(':')[0]);

    expect(built.sort()).toEqual(bundles.names);
  });

  test('has no finding of cdk-nag and none of CloudFormation’s own rules', () => {
    const { pluginReports } = JSON.parse(readFileSync(join(assembly, 'validation-report.json'), 'utf8'));

    expect(pluginReports).toEqual([]);
  });

  test('fails on a finding of cdk-nag', () => {
    const { app, service } = aStage();
    new CfnQueue(service, 'Loose');

    expect(() => app.synth()).toThrow('AwsSolutions-SQS4');
  });

  test('fails on a machine that CloudFormation could not complete', () => {
    const { app, service } = aStage();
    const role = 'arn:aws:iam::000000000000:role/any';
    new CfnStateMachine(service, 'Incomplete', { roleArn: role, definitionString: `{"States":{"A":"\${Missing}"}}` });

    expect(() => app.synth()).toThrow('E1029');
  });

  test('takes stage, address and alarm mail from the context', () => {
    const templates = new Templates(
      aStage({ stage: 'prod', deskAddress: 'help@care.example', alarmEmail: 'on@call.example' }),
    );

    const names = templates.of('AWS::StepFunctions::StateMachine').map(({ properties }) => properties.StateMachineName);

    expect(names).toContain('careline-prod-intake');
    expect(templates.of('AWS::SES::EmailIdentity')[0]?.properties.EmailIdentity).toBe('care.example');
    expect(templates.of('AWS::SNS::Subscription')[0]?.properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'on@call.example',
    });
  });

  test('refuses an address that is none, and a stage that cannot be part of a name', () => {
    expect(() => aStage({ deskAddress: 'support' })).toThrow('"support" is none');
    expect(() => aStage({ stage: 'Pre Prod' })).toThrow('The stage "Pre Prod"');
  });
});
