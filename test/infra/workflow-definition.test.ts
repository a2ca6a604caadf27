import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bundles } from '../../infra/bundling/bundles.ts';
import { checkSubstitutions, readDefinition } from '../../infra/constructs/workflow-definition.ts';
import { carelineStage } from '../../infra/stage.ts';
import { changedWorkflow, standInFunctions, temporaryFolder, workflowsDir } from './support/stand-ins.ts';

/** `${name}`, as it stands in a definition. */
const placeholder = (name: string) => `\${${name}}`;

const folder = temporaryFolder();
let bundles: Bundles;

beforeAll(async () => {
  bundles = await Bundles.of(standInFunctions(folder.path), join(folder.path, 'bundles'));
});

afterAll(() => folder.remove());

/** A stage in which the text of one workflow was changed. */
const withChanged = (file: string, change: (text: string) => string) => () =>
  carelineStage({
    bundles,
    outdir: join(folder.path, 'cdk.out'),
    workflowsDir: changedWorkflow(
      folder.path,
      file,
      change,
      readFileSync(join(workflowsDir, `${file}.asl.json`), 'utf8'),
    ),
  });

describe('a workflow', () => {
  test('with a placeholder nobody fills fails the synthesis by file and name', () => {
    const typo = withChanged('survey', (text) => text.replaceAll('RemindOnceFunctionArn', 'RemindTwiceFunctionArn'));

    expect(typo).toThrow(`survey.asl.json: ${placeholder('RemindTwiceFunctionArn')} has no substitution`);
  });

  test('that does not use a substitution fails the synthesis by file and name', () => {
    const lost = withChanged('intake', (text) => text.replaceAll('EscalationArn', 'TriageTicketFunctionArn'));

    expect(lost).toThrow('intake.asl.json: the substitution EscalationArn has no placeholder');
  });

  test('that calls what no grant is known for is refused by name', () => {
    const elsewhere = withChanged('survey', (text) => text.replace('states:::lambda:invoke"', 'states:::sns:publish"'));

    expect(elsewhere).toThrow('survey.asl.json calls arn:aws:states:::sns:publish');
  });

  test('that breaks the Amazon States Language is refused by file', () => {
    const dangling = withChanged('survey', (text) => text.replace(/"StartAt": *"[^"]+"/, '"StartAt": "Nowhere"'));

    expect(dangling).toThrow(/survey\.asl\.json breaks the Amazon States Language: .*Nowhere/);
  });

  test('that is no JSON is refused by file', () => {
    expect(withChanged('survey', (text) => text.slice(1))).toThrow('survey.asl.json is no JSON');
  });

  test('that is missing is refused by file', () => {
    expect(() => readDefinition(workflowsDir, 'surveys')).toThrow('There is no workflow surveys');
  });

  test('whose placeholder is written in another way is refused', () => {
    expect(
      withChanged('survey', (text) => text.replace(placeholder('RemindOnceFunctionArn'), placeholder('remind-once'))),
    ).toThrow(`survey.asl.json: ${placeholder('remind-once')} is no placeholder`);
  });
});

test('every fault of placeholders and substitutions is named at once', () => {
  expect(() => checkSubstitutions('intake', ['A', 'B'], ['B', 'C'])).toThrow(
    `intake.asl.json: ${placeholder('A')} has no substitution; the substitution C has no placeholder.`,
  );
});
