import { ACCOUNT, AwsError, REGION } from '../aws/contract.ts';

/** What a name may not hold (API reference, StartExecution and CreateStateMachine, `name`). */
const REFUSED = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\u{FFFE}\u{FFFF}\p{Cs}]/u;

export const checkName = (name: string): string => {
  if (name.length < 1 || name.length > 80 || REFUSED.test(name))
    throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
  return name;
};

export const machineArn = (name: string): string => `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${name}`;

export const executionArn = (machine: string, name: string): string =>
  `arn:aws:states:${REGION}:${ACCOUNT}:execution:${machine}:${name}`;

/** `run` tells apart Express executions of one name. */
export const expressArn = (machine: string, name: string, run: string): string =>
  `arn:aws:states:${REGION}:${ACCOUNT}:express:${machine}:${name}:${run}`;

export const isMachineArn = (arn: string): boolean =>
  /^arn:aws:states:[a-z0-9-]+:\d{12}:stateMachine:[^:]{1,80}$/.test(arn);

export const isExecutionArn = (arn: string): boolean =>
  /^arn:aws:states:[a-z0-9-]+:\d{12}:(execution|express):[^:]+:[^:]+/.test(arn);
