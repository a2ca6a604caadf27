import type { Kernel } from '../kernel/kernel.ts';
import type { Services } from '../services.ts';
import { readVerdicts } from '../ses/receipt-event.ts';
import type { Deployment } from '../template/contract.ts';
import type { ControlParts } from './contract.ts';

/** The services as the control API sees them. */
export const controlParts = (runtime: {
  kernel: Kernel;
  deployment: Deployment;
  services: Services;
  awsUrl: string;
}): ControlParts => {
  const { kernel, deployment, awsUrl } = runtime;
  const { meter, faults, ses, sns, events, secrets, identity, states, lambda } = runtime.services;
  return {
    kernel,
    deployment,
    meter,
    faults,
    awsUrl,
    mails: () => ses.mails(),
    rawMail: (n) => ses.rawMail(n),
    receiveMail: (mail) => ses.receive({ ...mail, verdicts: readVerdicts(mail.verdicts) }),
    sms: () => sns.sms(),
    events: () => events.list(),
    secrets: () => secrets.secrets(),
    token: (request) => identity.token(request),
    logs: (functionName) => lambda.logs(functionName),
    executions: (filter) => states.executions(filter),
    execution: (name) => states.execution(name),
  };
};
