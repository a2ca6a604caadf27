import { AwsError } from '../aws/contract.ts';
import type { Say } from '../edge/say.ts';
import type { Deployment } from '../template/contract.ts';
import { covers, domainOf } from './addresses.ts';

/** An event destination of a configuration set that the runtime serves: an EventBridge bus. */
export interface EventBusDestination {
  busArn: string;
  /** Lower-case types as in the template: send, delivery, bounce, … */
  types: string[];
}

/** What the template says of sending: who may send, and who hears of it. */
export interface SendingTemplate {
  /** The verified identity that covers an address. */
  identityFor(address: string): string | undefined;
  hasConfigurationSet(name: string): boolean;
  destinations(configurationSet: string): EventBusDestination[];
}

export const readSendingTemplate = (deployment: Deployment, say: Say): SendingTemplate => {
  const identities = deployment
    .resources('AWS::SES::EmailIdentity')
    .map((resource) => String(resource.properties.EmailIdentity));
  const destinations = new Map<string, EventBusDestination[]>(
    deployment.resources('AWS::SES::ConfigurationSet').map((resource) => [resource.ref, []]),
  );
  for (const { properties } of deployment.resources('AWS::SES::ConfigurationSetEventDestination')) {
    const { ConfigurationSetName, EventDestination } = properties;
    if (EventDestination.Enabled === false) continue;
    const busArn = EventDestination.EventBridgeDestination?.EventBusArn;
    if (busArn === undefined) {
      say(`ses: a destination of ${ConfigurationSetName} that is no event bus is left out by the local runtime`);
      continue;
    }
    const types: string[] = EventDestination.MatchingEventTypes.map((type: unknown) => String(type).toLowerCase());
    destinations.get(ConfigurationSetName)?.push({ busArn, types });
  }
  return {
    identityFor(address) {
      const fitting = identities.filter((identity) => covers(identity, address));
      return (
        fitting.find((identity) => identity.includes('@')) ??
        fitting.find((each) => each === domainOf(address)) ??
        fitting[0]
      );
    },
    hasConfigurationSet: (name) => destinations.has(name),
    destinations: (name) => destinations.get(name) ?? [],
  };
};

export const notVerified = (addresses: string[]): AwsError =>
  new AwsError(
    'MessageRejected',
    `Email address is not verified. The following identities failed the check in region US-EAST-1: ${addresses.join(', ')}`,
  );
