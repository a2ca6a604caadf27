import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { ChannelSecrets } from '../constructs/channel-secrets.ts';
import { DeskTable } from '../constructs/desk-table.ts';
import { rawMail, rawMailDays, uploads } from '../constructs/mail-prefixes.ts';
import { TeamDirectory } from '../constructs/team-directory.ts';

export interface DataStackProps extends StackProps {
  stage: string;
  /** The part of the desk's address behind the @. */
  mailDomain: string;
}

/** What must survive. Everything here is kept when the stack goes, and nothing here is ever replaced. */
export class DataStack extends Stack {
  readonly table: DeskTable;
  readonly mail: Bucket;
  readonly team: TeamDirectory;
  readonly linkSecret: Secret;
  readonly channelSecrets: ChannelSecrets;
  readonly mailIdentity: EmailIdentity;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    this.table = new DeskTable(this, 'Desk', { tableName: `careline-${props.stage}-desk` });
    this.mail = this.bucketOfRawMail();
    this.team = new TeamDirectory(this, 'Team');
    this.linkSecret = this.keyOfLinks();
    this.channelSecrets = new ChannelSecrets(this, 'Channels', { stage: props.stage });
    this.mailIdentity = this.identityOf(props.mailDomain);
  }

  private bucketOfRawMail(): Bucket {
    const bucket = new Bucket(this, 'Mail', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        // The files that messages name stand under other prefixes and stay with their tickets.
        { prefix: rawMail, expiration: Duration.days(rawMailDays) },
        { prefix: uploads, tagFilters: { careline: 'unclaimed' }, expiration: Duration.days(2) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      // A browser stores a file by a form that the desk has signed: the form is what allows it, whichever page holds it.
      cors: [{ allowedMethods: [HttpMethods.POST], allowedOrigins: ['*'], allowedHeaders: ['*'], maxAge: 3600 }],
    });
    bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'SesWritesMailOfThisAccount',
        principals: [new ServicePrincipal('ses.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`${rawMail}*`)],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'SES writes here, and the functions that read and write files tell of each in their own logs; a second log would only keep traces of customers longer than their mail.',
    });
    return bucket;
  }

  private keyOfLinks(): Secret {
    const secret = new Secret(this, 'LinkKey', {
      description: 'Key that signs the links in mails to customers',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ id: 'k1' }),
        generateStringKey: 'key',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'A rotation by the clock would break every link in a mail already sent; the key is changed by hand, with a new id, when it may have leaked.',
    });
    return secret;
  }

  private identityOf(domain: string): EmailIdentity {
    const identity = new EmailIdentity(this, 'MailIdentity', { identity: Identity.domain(domain) });
    identity.applyRemovalPolicy(RemovalPolicy.RETAIN);
    for (const [index, record] of identity.dkimRecords.entries()) {
      new CfnOutput(this, `DkimRecord${index + 1}`, {
        value: `${record.name} CNAME ${record.value}`,
        description: 'DNS record that lets SES sign mail of the desk; set it once, by hand',
      });
    }
    return identity;
  }
}
