import { describe, expect, test } from 'vitest';
import type { Resource, Templates } from '../support/template.ts';

/** As long as send-mail leaves the claim of a sender alone that may have died. */
const CLAIMS_LAST_SECONDS = 600;

interface Index {
  IndexName: string;
}
interface Dimension {
  Name: string;
}
interface Widget {
  type: string;
  properties: { alarms: string[] };
}

/** Of what a reference names: `Fn::GetAtt` by its resource, `Ref` by itself. */
const nameOf = (reference: unknown): string => {
  const [name] = Object.values(reference ?? {}).flat();
  return String(name);
};

const metricsOf = (alarms: Resource[]) => alarms.map(({ properties }) => properties.MetricName);

export const factsAboutFailures = (templates: () => Templates) =>
  describe('nothing fails silently', () => {
    const queues = () => templates().of('AWS::SQS::Queue');
    const mappings = () => templates().of('AWS::Lambda::EventSourceMapping');
    const fedToFunctions = () =>
      queues().filter(({ id }) =>
        mappings().some(({ properties }) => properties.EventSourceArn['Fn::GetAtt']?.[0] === id),
      );

    test('every queue with a consumer has a queue for what fails, and tries for longer than two dead claims last', () => {
      expect(fedToFunctions()).toHaveLength(4);
      for (const { id, properties } of fedToFunctions()) {
        const triesFor = properties.RedrivePolicy?.maxReceiveCount * properties.VisibilityTimeout;
        expect(triesFor, id).toBeGreaterThan(2 * CLAIMS_LAST_SECONDS);
      }
    });

    test('every queue nobody consumes is watched, so that one message in it is an alarm', () => {
      const fed = fedToFunctions().map(({ id }) => id);
      const failures = queues().filter(({ id }) => !fed.includes(id));

      expect(failures.length).toBeGreaterThanOrEqual(6);
      for (const { id, properties } of failures) {
        const [notEmpty] = templates()
          .alarmsOn(id)
          .filter((alarm) => alarm.properties.MetricName === 'ApproximateNumberOfMessagesVisible');
        expect(notEmpty?.properties, id).toMatchObject({ Threshold: 1, Period: 60, TreatMissingData: 'ignore' });
        expect(properties.MessageRetentionPeriod, id).toBe(14 * 24 * 3600);
      }
    });

    test('mail that waits too long to be sent, or somebody to be erased, is an alarm', () => {
      for (const { id } of fedToFunctions()) {
        expect(metricsOf(templates().alarmsOn(id)), id).toContain('ApproximateAgeOfOldestMessage');
      }
    });

    test('a message stays hidden at least six times as long as its function may run', () => {
      const [sender] = templates()
        .of('AWS::Lambda::Function')
        .filter(({ id }) => id.startsWith('MailOutSendMail'));

      for (const { properties } of fedToFunctions()) {
        expect(properties.VisibilityTimeout).toBeGreaterThanOrEqual(6 * sender?.properties.Timeout);
      }
    });

    test('every event source returns only what failed', () => {
      for (const { id, properties } of mappings()) {
        expect(properties.FunctionResponseTypes, id).toEqual(['ReportBatchItemFailures']);
      }
    });

    test('the stream gives up on a change after ten attempts, alone, and keeps it', () => {
      const [stream] = mappings().filter(({ properties }) => properties.StartingPosition);

      expect(stream?.properties).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 10,
      });
      expect(stream?.properties.DestinationConfig.OnFailure.Destination).toBeDefined();
    });

    test('every function that is called and not answered keeps what it gave up on', () => {
      const kept = templates()
        .of('AWS::Lambda::EventInvokeConfig')
        .filter(({ properties }) => properties.DestinationConfig?.OnFailure?.Destination)
        .map(({ properties }) => properties.FunctionName.Ref.replace(/[0-9A-F]{8}$/, ''));

      expect(kept).toEqual(
        expect.arrayContaining([
          'MailInReceiveMail',
          'MailOutSettleMail',
          'RoutingHandOver',
          'RoutingRouteWaiting',
          'SweepSweepAbandoned',
          'TriageTrainClassifier',
          'TriageWatchOutages',
        ]),
      );
    });

    test('every schedule and rule keeps what it could not deliver', () => {
      for (const { id, properties } of templates().of('AWS::Scheduler::Schedule'))
        expect(properties.Target.DeadLetterConfig?.Arn, id).toBeDefined();
      for (const { id, properties } of templates().of('AWS::Events::Rule'))
        for (const target of properties.Targets) expect(target.DeadLetterConfig?.Arn, id).toBeDefined();
    });

    test('every machine has an alarm for each way to end badly', () => {
      for (const { id, properties } of templates().of('AWS::StepFunctions::StateMachine')) {
        const ends = ['ExecutionsFailed', 'ExecutionsTimedOut'];
        if (properties.StateMachineType === 'STANDARD') ends.push('ExecutionsAborted');

        expect(metricsOf(templates().alarmsOn(id)), id).toEqual(expect.arrayContaining(ends));
      }
    });

    test('every alarm tells somebody, says who is harmed and names a runbook', () => {
      for (const { id, properties } of templates().of('AWS::CloudWatch::Alarm')) {
        expect(properties.AlarmActions, id).toHaveLength(1);
        expect(properties.AlarmDescription, id).toMatch(/^[A-Z].{15,}\. Runbook: docs\/runbooks\/[a-z-]+\.md$/);
        const silentWhileSo = properties.MetricName === 'ApproximateNumberOfMessagesVisible';
        expect(properties.TreatMissingData, id).toBe(silentWhileSo ? 'ignore' : 'notBreaching');
      }
    });

    test('reads and writes that the table or one of its indices refuses are alarms, each by itself', () => {
      const [table] = templates().of('AWS::DynamoDB::GlobalTable');
      const indices: Index[] = table?.properties.GlobalSecondaryIndexes ?? [];
      const places = [undefined, ...indices.map(({ IndexName }) => IndexName)];
      const watched = templates()
        .of('AWS::CloudWatch::Alarm')
        .filter(({ properties }) => properties.Namespace === 'AWS/DynamoDB')
        .map(({ properties: { MetricName, Dimensions } }) => [
          MetricName,
          Dimensions.find(({ Name }: Dimension) => Name === 'GlobalSecondaryIndexName')?.Value,
        ]);

      expect(places).toHaveLength(3);
      expect(watched).toEqual(
        places.flatMap((place) => [
          ['ReadThrottleEvents', place],
          ['WriteThrottleEvents', place],
        ]),
      );
    });

    test('the dashboard shows every alarm once, in widgets that take a hundred at most', () => {
      const [dashboard] = templates().of('AWS::CloudWatch::Dashboard');
      const parts: unknown[] = dashboard?.properties.DashboardBody['Fn::Join'][1];
      const { widgets } = JSON.parse(parts.map((part) => (typeof part === 'string' ? part : nameOf(part))).join(''));
      const shown: string[][] = widgets.flatMap(({ type, properties }: Widget) =>
        type === 'alarm' ? [properties.alarms] : [],
      );

      expect(shown.flat().sort()).toEqual(
        templates()
          .of('AWS::CloudWatch::Alarm')
          .map(({ id }) => id)
          .sort(),
      );
      expect(Math.max(...shown.map((alarms) => alarms.length))).toBeLessThanOrEqual(100);
    });

    test('a function that feeds its own queue may go on beyond 16 rounds, and no other', () => {
      const feeding = mappings().flatMap(({ properties: { FunctionName, EventSourceArn } }) => {
        const [queue] = EventSourceArn['Fn::GetAtt'] ?? [];
        const role = templates()
          .of('AWS::Lambda::Function')
          .find(({ id }) => id === FunctionName.Ref)?.properties.Role;
        const sends = templates()
          .permissions()
          .some(
            (each) =>
              each.role === role['Fn::GetAtt'][0] &&
              each.actions.includes('sqs:SendMessage') &&
              JSON.stringify(each.resources).includes(`"${queue}"`),
          );
        return sends ? [FunctionName.Ref] : [];
      });
      const allowed = templates()
        .of('AWS::Lambda::Function')
        .filter(({ properties }) => properties.RecursiveLoop === 'Allow')
        .map(({ id }) => id);

      expect(feeding).toHaveLength(1);
      expect(allowed).toEqual(feeding);
    });

    test('alarms may be told to the topic, though its policy refuses what is not encrypted', () => {
      const [policy] = templates().of('AWS::SNS::TopicPolicy');
      const allowed = policy?.properties.PolicyDocument.Statement.filter(
        (statement: { Effect: string }) => statement.Effect === 'Allow',
      );

      expect(allowed).toHaveLength(1);
      expect(allowed[0]).toMatchObject({
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      });
    });

    test('somebody is called before SES reviews the account', () => {
      const threshold = (metric: string) =>
        templates()
          .of('AWS::CloudWatch::Alarm')
          .find(({ properties }) => properties.MetricName === metric)?.properties.Threshold;

      expect(threshold('Reputation.BounceRate')).toBeLessThan(0.05);
      expect(threshold('Reputation.ComplaintRate')).toBeLessThan(0.001);
    });
  });
