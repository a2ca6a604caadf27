import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.ts';

/** The one table everything waits for when it refuses requests. */
export class TableAlarms extends Construct {
  constructor(scope: Construct, id: string, table: DeskTable) {
    super(scope, id);
    const refused = (metricName: string) =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: table.tableName },
        statistic: 'Sum',
        period: alarmPeriod,
      });
    new ImpactAlarm(this, 'Throttled', {
      metric: new MathExpression({
        expression: 'reads + writes',
        usingMetrics: { reads: refused('ReadThrottleEvents'), writes: refused('WriteThrottleEvents') },
        period: alarmPeriod,
      }),
      threshold: 10,
      impact: 'customers and agents wait, because the table refuses requests',
      runbook: 'desk-table',
    });
  }
}
