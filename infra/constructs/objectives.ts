import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { DeskFacts } from '../desk-facts.ts';
import { ImpactAlarm } from './impact-alarm.ts';

export interface ObjectivesProps {
  desk: DeskFacts;
}

/** Beyond so many breaches it is no accident of one ticket; fewer alarm nobody, however few were decided. */
const AT_LEAST = 3;

/**
 * What the desk promises to most customers, watched by how fast the part it may miss is spent. A single breach is told by
 * the ladder to those who can answer it; these alarms are for when there are too many.
 */
export class Objectives extends Construct {
  constructor(scope: Construct, id: string, { desk }: ObjectivesProps) {
    super(scope, id);
    const { urgentInTime } = desk.reports;
    // Six hours at six times the rate spend a twentieth of a month's budget; a day at three times, a tenth.
    this.burning('Fast', Duration.hours(6), 6, urgentInTime);
    this.burning('Slow', Duration.days(1), 3, urgentInTime);
  }

  private burning(id: string, window: Duration, rate: number, target: number): void {
    const sum = (metricName: string) =>
      new Metric({
        namespace: 'Careline',
        metricName,
        dimensionsMap: { service: 'careline' },
        statistic: 'Sum',
        period: window,
      });
    new ImpactAlarm(this, `UrgentLate${id}`, {
      metric: new MathExpression({
        expression: `IF(late >= ${AT_LEAST}, (late / decided) / ${round(1 - target)}, 0)`,
        usingMetrics: { late: sum('UrgentResolutionsLate'), decided: sum('UrgentResolutionsDecided') },
        period: window,
        label: `Burn rate over ${window.toHumanString()}`,
      }),
      threshold: rate,
      impact:
        'customers with urgent problems wait longer than they were promised, and more of them than the desk allows',
      runbook: 'urgent-in-time',
    });
  }
}

const round = (share: number): number => Math.round(share * 10_000) / 10_000;
