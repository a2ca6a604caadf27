import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

const CHANNEL_NAMES = ['chat', 'social', 'phone', 'sms'] as const;
export type ChannelName = (typeof CHANNEL_NAMES)[number];

/**
 * What signs the posts of each channel. The value is the key itself, and the one before it stays valid as `AWSPREVIOUS`:
 * put a new value, then change the sender. Named, because people hand them to the makers of integrations.
 */
export class ChannelSecrets extends Construct implements Record<ChannelName, Secret> {
  readonly chat: Secret;
  readonly social: Secret;
  readonly phone: Secret;
  readonly sms: Secret;

  constructor(scope: Construct, id: string, { stage }: { stage: string }) {
    super(scope, id);
    this.chat = this.secretOf('chat', stage);
    this.social = this.secretOf('social', stage);
    this.phone = this.secretOf('phone', stage);
    this.sms = this.secretOf('sms', stage);
  }

  private secretOf(channel: ChannelName, stage: string): Secret {
    const secret = new Secret(this, `${channel.charAt(0).toUpperCase()}${channel.slice(1)}`, {
      secretName: `careline-${stage}-channel-${channel}`,
      description: `Signs what the channel "${channel}" posts to the desk`,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'The other half of the key is with the channel: a rotation by the clock would cut it off. It is changed by hand, and the value before it stays valid meanwhile.',
    });
    return secret;
  }
}
