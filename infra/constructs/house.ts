import { Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';
import type { Bundles } from '../bundling/bundles.ts';

/** What every construct of a stack shares and would otherwise be handed through each of them. */
export interface House {
  /** Name of the stage, part of every physical name. */
  stage: string;
  bundles: Bundles;
  /** Folder with the *.asl.json files. */
  workflowsDir: string;
  /** Where alarms and dashboards stand. */
  watch: Stack;
  /** Where every alarm is told. */
  alarmTopic: ITopic;
  /** Every alarm made so far, for the dashboard. */
  alarms: Alarm[];
}

const houses = new WeakMap<Stack, House>();

/** Opens the house of a stack; constructs below it find it with `houseOf`. */
export function openHouse(stack: Stack, house: House): void {
  houses.set(stack, house);
}

/** The house of the stack a construct stands in. */
export function houseOf(construct: IConstruct): House {
  const house = houses.get(Stack.of(construct));
  if (!house) throw new Error(`${construct.node.path} stands in a stack that has not opened its house.`);
  return house;
}
