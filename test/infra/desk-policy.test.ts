import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bundles } from '../../infra/bundling/bundles.ts';
import { openingsOf } from '../../infra/constructs/openings.ts';
import { type DeskFacts, readDeskFacts } from '../../infra/desk-facts.ts';
import { carelineStage } from '../../infra/stage.ts';
import { standInFunctions, temporaryFolder, workflowsDir } from './support/stand-ins.ts';
import { Templates } from './support/template.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const templatesWith = async (desk: DeskFacts, name: string): Promise<Templates> => {
  const bundles = await Bundles.of(standInFunctions(folder.path), join(folder.path, 'bundles'));
  return new Templates(carelineStage({ bundles, workflowsDir, outdir: join(folder.path, name), desk }));
};

const shipped = readDeskFacts();
const office = {
  zone: 'Europe/Berlin',
  week: {
    mon: [
      { from: '09:00', to: '12:00' },
      { from: '13:00', to: '17:00' },
    ],
    fri: [{ from: '09:00', to: '12:00' }],
  },
  open: { '2026-12-24': [{ from: '10:30', to: '12:00' }] },
};
const model = { use: 'bedrock', id: 'eu.anthropic.a-model-v1:0' } as const;
let templates: Templates;
let asShipped: Templates;

beforeAll(async () => {
  const groups = { frontline: { hours: 'office' }, expert: {} };
  templates = await templatesWith(
    {
      groups,
      calendars: { office },
      reports: { urgentInTime: 0.9, satisfied: 0.8 },
      survey: { hours: { from: '10:00', to: '15:00' } },
      triage: { model },
    },
    'with',
  );
  asShipped = await templatesWith(shipped, 'without');
});

describe('a model in the policy', () => {
  test('may be asked by triage alone, and no other model', () => {
    const allowed = templates
      .permissions()
      .filter(({ actions }) => actions.some((action) => action.startsWith('bedrock')));

    expect(templates.rolesWith('bedrock:InvokeModel')).toEqual(['WorkflowsTriageTicket']);
    expect(allowed.map(({ actions }) => actions)).toEqual([['bedrock:InvokeModel']]);
    expect(JSON.stringify(allowed)).toContain('inference-profile/eu.anthropic.a-model-v1:0');
    expect(JSON.stringify(allowed)).toContain('foundation-model/anthropic.a-model-v1:0');
  });

  test('that is off leaves no permission', () => {
    expect(shipped.triage.model).toEqual({ use: 'off' });
    expect(
      asShipped
        .permissions()
        .flatMap(({ actions }) => actions)
        .filter((action) => action.includes('bedrock')),
    ).toEqual([]);
  });
});

describe('the hours of a group', () => {
  test('are a schedule for each time at which it opens, in its zone', () => {
    expect(openingsOf('frontline', 'office', { ...shipped, calendars: { office } })).toEqual([
      { id: 'Opens-frontline-0900', group: 'frontline', zone: 'Europe/Berlin', expression: 'cron(0 9 ? * MON,FRI *)' },
      { id: 'Opens-frontline-1300', group: 'frontline', zone: 'Europe/Berlin', expression: 'cron(0 13 ? * MON *)' },
      {
        id: 'Opens-frontline-2026-12-24-1030',
        group: 'frontline',
        zone: 'Europe/Berlin',
        expression: 'cron(30 10 24 12 ? *)',
      },
    ]);
  });

  test('give out what waited, and nothing runs for a group without hours', () => {
    const opening = (each: Templates) =>
      each.of('AWS::Scheduler::Schedule').filter(({ properties }) => properties.Description?.startsWith('Gives out'));

    expect(opening(templates)).toHaveLength(3);
    for (const { properties } of opening(templates))
      expect(properties).toMatchObject({
        ScheduleExpressionTimezone: 'Europe/Berlin',
        Target: { Input: '{"detail":{"group":"frontline"}}' },
      });
    expect(opening(asShipped)).toEqual([]);
  });

  test('are no schedule that can be over, which AWS would refuse', () => {
    const once = templates
      .of('AWS::Scheduler::Schedule')
      .filter(({ properties }) => properties.ScheduleExpression.startsWith('at('));

    expect(once).toEqual([]);
  });
});

test('each group has an alarm for customers who wait there', () => {
  const groups = asShipped
    .of('AWS::CloudWatch::Alarm')
    .filter(({ properties }) => properties.MetricName === 'CustomersWaiting')
    .map(({ properties }) => properties.Dimensions.find(({ Name }: { Name: string }) => Name === 'group').Value);

  expect(groups.sort()).toEqual(Object.keys(shipped.groups).sort());
});

test('the alarms on urgent matters burn by the share that the policy leaves, and never for one or two late tickets', () => {
  const expression = (share: number) => `IF(spent >= 3, (spent / decided) / ${share}, 0)`;

  expect(burning(asShipped, 'UrgentResolutionsLate')).toEqual(Array(2).fill(expression(0.05)));
  expect(burning(templates, 'UrgentResolutionsLate')).toEqual(Array(2).fill(expression(0.1)));
});

test('those on satisfaction burn by theirs, and never for fewer than five bad answers', () => {
  const expression = (share: number) => `IF(spent >= 5, (spent / decided) / ${share}, 0)`;

  expect(burning(asShipped, 'SatisfactionBad')).toEqual(Array(2).fill(expression(0.1)));
  expect(burning(templates, 'SatisfactionBad')).toEqual(Array(2).fill(expression(0.2)));
});

/** The expressions of the alarms that look at a metric. */
const burning = (each: Templates, metric: string): string[] =>
  each
    .of('AWS::CloudWatch::Alarm')
    .filter(({ properties }) => JSON.stringify(properties.Metrics ?? []).includes(metric))
    .flatMap(({ properties }) => properties.Metrics ?? [])
    .flatMap(({ Expression }: { Expression?: string }) => (Expression === undefined ? [] : [Expression]));

describe('the hours of asking', () => {
  test('say how often it is looked who is due, so that one look falls into everybody’s day', () => {
    const looks = (of: Templates): unknown[] =>
      of
        .of('AWS::Scheduler::Schedule')
        .flatMap(({ properties: { Description, ScheduleExpression } }) =>
          Description.includes('would recommend') ? [ScheduleExpression] : [],
        );

    expect(looks(asShipped)).toEqual(['cron(20 0/8 * * ? *)']);
    expect(looks(templates)).toEqual(['cron(20 0/4 * * ? *)']);
  });
});
