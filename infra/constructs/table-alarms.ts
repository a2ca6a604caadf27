import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.ts';

/**
 * The one table everything waits for when it refuses requests. DynamoDB counts reads and writes, and the table and each of its
 * indices, apart, and each only while it refuses some: added up they would be nothing as soon as one of them is silent.
 */
export class TableAlarms extends Construct {
  constructor(scope: Construct, id: string, table: DeskTable) {
    super(scope, id);
    for (const index of [undefined, ...table.indexNames]) {
      for (const kind of ['Read', 'Write'] as const) {
        new ImpactAlarm(this, `${kind}sThrottled${index ? `In-${index}` : ''}`, {
          metric: new Metric({
            namespace: 'AWS/DynamoDB',
            metricName: `${kind}ThrottleEvents`,
            dimensionsMap: { TableName: table.tableName, ...(index && { GlobalSecondaryIndexName: index }) },
            statistic: 'Sum',
            period: alarmPeriod,
          }),
          threshold: 10,
          impact: 'customers and agents wait, because the table refuses requests',
          runbook: 'desk-table',
        });
      }
    }
  }
}
