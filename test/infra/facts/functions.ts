import { describe, expect, test } from 'vitest';
import type { Templates } from '../support/template.ts';

export const factsAboutFunctions = (templates: () => Templates) =>
  describe('every function', () => {
    const functions = () => templates().of('AWS::Lambda::Function');

    test('has a role of its own', () => {
      const roles = functions().map(({ properties }) => properties.Role['Fn::GetAtt'][0]);

      expect(new Set(roles).size).toBe(functions().length);
    });

    test('runs on Node 24, arm64, with 256 MB (what reads much at a time: 1024), traced, with JSON logs', () => {
      const readsMuch =
        /(?:ReceiveMail|OpenParked|DeskApi|TakePrivacyRequest|TrainClassifier|SweepAbandoned|AskForNps)[0-9A-F]{8}$/;

      for (const { id, properties } of functions()) {
        expect(properties).toMatchObject({
          Runtime: 'nodejs24.x',
          Architectures: ['arm64'],
          MemorySize: readsMuch.test(id) ? 1024 : 256,
          Handler: 'index.handler',
          TracingConfig: { Mode: 'Active' },
          LoggingConfig: { LogFormat: 'JSON' },
        });
      }
    });

    test('ends within a minute', () => {
      const timeouts = functions().map(({ properties }) => properties.Timeout);

      expect(timeouts.every((seconds) => seconds > 0 && seconds <= 60)).toBe(true);
    });

    test('keeps its log for thirty days, in a group of its own', () => {
      const groups = functions().map(({ properties }) => properties.LoggingConfig.LogGroup.Ref);
      const kept = templates().of('AWS::Logs::LogGroup');

      expect(new Set(groups).size).toBe(functions().length);
      expect(kept.filter(({ properties }) => properties.RetentionInDays !== 30)).toEqual([]);
    });

    test('has an error alarm that says who is harmed and which runbook helps', () => {
      for (const { id } of functions()) {
        const [errors] = templates()
          .alarmsOn(id)
          .filter(({ properties }) => properties.MetricName === 'Errors');

        expect(errors?.properties.AlarmDescription, id).toMatch(/^[A-Z].{15,}\. Runbook: docs\/runbooks\/[a-z-]+\.md$/);
      }
    });

    test('that answers a person has an alarm for being throttled', () => {
      const called = templates()
        .of('AWS::ApiGatewayV2::Integration')
        .map(({ properties }) => properties.IntegrationUri['Fn::GetAtt'][0]);

      for (const id of called) {
        const watched = templates()
          .alarmsOn(id)
          .map(({ properties }) => properties.MetricName);
        expect(watched, id).toContain('Throttles');
      }
    });

    test('knows its service and its metrics by the house’s names', () => {
      for (const { properties } of functions()) {
        expect(properties.Environment.Variables).toMatchObject({
          POWERTOOLS_SERVICE_NAME: 'careline',
          POWERTOOLS_METRICS_NAMESPACE: 'Careline',
        });
      }
    });
  });
