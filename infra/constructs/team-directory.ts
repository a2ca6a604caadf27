import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccountRecovery, ClientAttributes, Mfa, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';

/** The groups of the desk's tokens; what each may do is decided by the desk's own routes. */
const groups = ['agent', 'lead', 'admin'] as const;

/** Who works at the desk: invited by an administrator, signed in with a second factor, in groups by what they may do. */
export class TeamDirectory extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.userPool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      // With the address alone Cognito makes up the user name itself, and a token says nobody's id of team.yaml.
      signInAliases: { username: true, email: true },
      signInCaseSensitive: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const groupName of groups) this.userPool.addGroup(`${groupName}s`, { groupName });
    this.client = this.userPool.addClient('Desk', {
      authFlows: { userSrp: true },
      // By default everybody may write their own address, and with a colleague's they would be taken for that colleague.
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
      disableOAuth: true,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
    });
    for (const rule of ['AwsSolutions-COG3', 'AwsSolutions-COG8']) {
      Validations.of(this.userPool).acknowledge({
        id: rule,
        reason:
          'Threat protection needs the Plus plan, priced for each user; everybody here is invited by name and signs in with a second factor.',
      });
    }
  }
}
