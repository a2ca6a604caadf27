import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { DeskFacts } from '../desk-facts.ts';
import { ImpactAlarm } from './impact-alarm.ts';

export interface ObjectivesProps {
  desk: DeskFacts;
}

/** Beyond so many it is no accident of one ticket; fewer alarm nobody, however few were decided. */
const AT_LEAST = 3;
/** The same for answers, which are more of a mood: a single bad day of a small desk wakes nobody. */
const AT_LEAST_BAD = 5;

interface Burning {
  window: Duration;
  /** How much faster than allowed. */
  rate: number;
  /** For so many windows in a row; one by default. */
  windows?: number;
}

interface Objective {
  /** Metrics: what was decided, and what of it spends the budget. */
  of: string;
  spends: string;
  target: number;
  atLeast: number;
  impact: string;
  runbook: string;
}

/**
 * What the desk promises to most customers, watched by how fast the part it may miss is spent. A single breach is told by
 * the ladder, a single bad answer by its remediation, to those who can answer it; these alarms are for when there are too
 * many.
 */
export class Objectives extends Construct {
  constructor(scope: Construct, id: string, { desk }: ObjectivesProps) {
    super(scope, id);
    const { urgentInTime, satisfied } = desk.reports;
    const urgent: Objective = {
      of: 'UrgentResolutionsDecided',
      spends: 'UrgentResolutionsLate',
      target: urgentInTime,
      atLeast: AT_LEAST,
      impact:
        'customers with urgent problems wait longer than they were promised, and more of them than the desk allows',
      runbook: 'urgent-in-time',
    };
    // Six hours at six times the rate spend a twentieth of a month's budget; a day at three times, a tenth.
    this.burning('UrgentLateFast', urgent, { window: Duration.hours(6), rate: 6 });
    this.burning('UrgentLateSlow', urgent, { window: Duration.days(1), rate: 3 });
    const satisfaction: Objective = {
      of: 'SatisfactionAnswers',
      spends: 'SatisfactionBad',
      target: satisfied,
      atLeast: AT_LEAST_BAD,
      impact: 'customers are unhappy with what they are answered, and more of them than the desk allows',
      runbook: 'satisfaction',
    };
    // A day at four times the rate spends a twentieth of a quarter's budget; three days at twice the rate, a fifteenth.
    this.burning('DissatisfiedFast', satisfaction, { window: Duration.days(1), rate: 4 });
    this.burning('DissatisfiedSlow', satisfaction, { window: Duration.days(1), rate: 2, windows: 3 });
  }

  private burning(id: string, { of, spends, target, atLeast, impact, runbook }: Objective, burning: Burning): void {
    const { window, rate, windows = 1 } = burning;
    const sum = (metricName: string) =>
      new Metric({
        namespace: 'Careline',
        metricName,
        dimensionsMap: { service: 'careline' },
        statistic: 'Sum',
        period: window,
      });
    new ImpactAlarm(this, id, {
      metric: new MathExpression({
        expression: `IF(spent >= ${atLeast}, (spent / decided) / ${round(1 - target)}, 0)`,
        usingMetrics: { spent: sum(spends), decided: sum(of) },
        period: window,
        label: `Burn rate over ${window.toHumanString()}`,
      }),
      threshold: rate,
      periods: windows,
      impact,
      runbook,
    });
  }
}

const round = (share: number): number => Math.round(share * 10_000) / 10_000;
