import { describe, expect, test } from 'vitest';
import type { Templates } from '../support/template.ts';

export const factsAboutFlow = (templates: () => Templates) =>
  describe('mail, changes and workflows', () => {
    const machines = () => templates().of('AWS::StepFunctions::StateMachine');

    test('machines are called careline-<stage>-<file>; intake is Express, what waits is Standard', () => {
      const kinds = machines().map(({ properties }) => [properties.StateMachineName, properties.StateMachineType]);

      expect(Object.fromEntries(kinds)).toEqual({
        'careline-local-intake': 'EXPRESS',
        'careline-local-escalation': 'STANDARD',
        'careline-local-survey': 'STANDARD',
        'careline-local-remediation': 'STANDARD',
      });
    });

    test('machines are traced, and no log of theirs holds what passes through them', () => {
      for (const { id, properties } of machines()) {
        const express = properties.StateMachineType === 'EXPRESS';

        expect(properties.TracingConfiguration, id).toEqual({ Enabled: true });
        expect(properties.LoggingConfiguration, id).toMatchObject({
          Level: express ? 'ALL' : 'ERROR',
          IncludeExecutionData: false,
        });
      }
    });

    test('the text of a machine stands in the template, so that a diff shows its states', () => {
      for (const { properties } of machines()) {
        expect(JSON.parse(properties.DefinitionString).QueryLanguage).toBe('JSONata');
      }
    });

    test('mail to any address of the desk’s domain is stored first, then read', () => {
      const [rule] = templates().of('AWS::SES::ReceiptRule');

      expect(rule?.properties.Rule).toMatchObject({
        Recipients: ['desk.example.com'],
        ScanEnabled: true,
        Actions: [{ S3Action: { ObjectKeyPrefix: 'in/' } }, { LambdaAction: { InvocationType: 'Event' } }],
      });
    });

    test('what SES keeps is named by the stage: a name made of those of stack and construct could be too long for it', () => {
      const names = ['AWS::SES::ReceiptRuleSet', 'AWS::SES::ConfigurationSet'].flatMap((type) =>
        templates()
          .of(type)
          .map(({ properties }) => properties.RuleSetName ?? properties.Name),
      );

      expect(names).toEqual(['careline-local', 'careline-local']);
    });

    test('what SES tells of this desk’s mail, and of no other’s, settles it', () => {
      const [destination] = templates().of('AWS::SES::ConfigurationSetEventDestination');
      const [rule] = templates().of('AWS::Events::Rule');

      expect(destination?.properties.EventDestination.MatchingEventTypes).toHaveLength(5);
      expect(rule?.properties.EventPattern['detail-type']).toHaveLength(5);
      expect(rule?.properties.EventPattern.detail.mail.tags['ses:configuration-set']).toHaveLength(1);
    });

    test('once this stack was updated, or set back, and no other, the sweep is told of a new policy', () => {
      const rule = templates()
        .of('AWS::Events::Rule')
        .find(({ properties }) => properties.EventPattern.source.includes('aws.cloudformation'));

      expect(rule?.properties.EventPattern).toEqual({
        source: ['aws.cloudformation'],
        'detail-type': ['CloudFormation Stack Status Change'],
        detail: {
          'stack-id': [{ Ref: 'AWS::StackId' }],
          'status-details': { status: ['UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'] },
        },
      });
      expect(rule?.properties.Targets).toMatchObject([{ Input: '{"only":"policy"}' }]);
      expect(rule?.properties.EventBusName).toBeUndefined();
    });

    test('five senders at most for prompt mail, two each for patient mail, for text messages and for erasures', () => {
      const limits = templates()
        .of('AWS::Lambda::EventSourceMapping')
        .flatMap(({ properties }) => properties.ScalingConfig?.MaximumConcurrency ?? []);

      expect(limits).toEqual([5, 2, 2, 2]);
    });

    test('the outputs name what a person or a script looks for', () => {
      const outputs = Object.keys(templates().service.findOutputs('*'));

      expect(outputs).toEqual(
        expect.arrayContaining([
          ...['ApiUrl', 'DeskAddress', 'UserPoolId', 'UserPoolClientId', 'TableName'],
          ...['IntakeArn', 'EscalationArn', 'SurveyArn', 'RemediationArn'],
        ]),
      );
    });
  });
