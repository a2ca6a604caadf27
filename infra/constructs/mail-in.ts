import { Duration, Stack, Validations } from 'aws-cdk-lib';
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import { Lambda as LambdaAction, LambdaInvocationType, S3 as S3Action } from 'aws-cdk-lib/aws-ses-actions';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { FailureQueue } from './failure-queue.ts';
import { HandlerFunction, MUCH_MEMORY } from './handler-function.ts';
import { houseOf } from './house.ts';
import type { Links } from './links.ts';
import { filesOfMail, rawMail } from './mail-prefixes.ts';
import type { PublicApi } from './public-api.ts';

export interface MailInProps {
  api: PublicApi;
  /** Who may look into parked mail. */
  teamOnly: IHttpRouteAuthorizer;
  table: DeskTable;
  links: Links;
  /** Where the raw mail is kept until it expires, and the files of messages for good. */
  mail: Bucket;
  /** Every address of this domain is the desk's, so that signed reply addresses arrive. */
  mailDomain: string;
}

/** A mail of 40 MB is held several times while it is read: measured at 630 MB. */
const memory = MUCH_MEMORY;
const timeout = Duration.seconds(28);

/** Mail to the desk's domain is stored raw, then read. SES keeps one rule set active per region: see the stack's output. */
export class MailIn extends Construct {
  readonly ruleSet: ReceiptRuleSet;

  constructor(scope: Construct, id: string, { api, teamOnly, table, links, mail, mailDomain }: MailInProps) {
    super(scope, id);
    const impact = 'a customer who wrote a mail gets no ticket';
    const receive = new HandlerFunction(this, 'ReceiveMail', {
      environment: {
        TABLE_NAME: table.tableName,
        MAIL_BUCKET: mail.bucketName,
        MAIL_PREFIX: rawMail,
        ...links.toMake,
      },
      timeout,
      memory,
      undelivered: new FailureQueue(this, 'UnreadMail', { impact, runbook: 'receive-mail' }),
      impact,
    });
    table.grantReadWrite(receive);
    links.grantKey(receive);
    this.grantFilesOf(mail, receive);
    this.openParked({ api, teamOnly, table, links, mail });

    this.ruleSet = new ReceiptRuleSet(this, 'RuleSet', { receiptRuleSetName: `careline-${houseOf(this).stage}` });
    const toTheDesk = this.ruleSet.addRule('ToTheDesk', {
      recipients: [mailDomain],
      scanEnabled: true,
      // A customer whose server cannot encrypt is still a customer.
      tlsPolicy: TlsPolicy.OPTIONAL,
      actions: [
        new S3Action({ bucket: Bucket.fromBucketName(this, 'RawMail', mail.bucketName), objectKeyPrefix: rawMail }),
        new LambdaAction({ function: receive, invocationType: LambdaInvocationType.EVENT }),
      ],
    });
    Validations.of(toTheDesk).acknowledge({
      id: 'Annotation::@aws-cdk/s3:AddBucketPermissions',
      reason: 'The data stack lets SES write to the bucket, where the bucket stands.',
    });
  }

  /** What agents make a ticket of after all is read the same way. */
  private openParked({ api, teamOnly, table, links, mail }: Omit<MailInProps, 'mailDomain'>): void {
    const { DESK_ADDRESS } = links.toMake;
    const open = new HandlerFunction(this, 'OpenParked', {
      environment: { TABLE_NAME: table.tableName, MAIL_BUCKET: mail.bucketName, DESK_ADDRESS, ...links.toRead },
      timeout,
      memory,
      answersPeople: true,
      impact: 'a mail that was parked by mistake stays unanswered',
    });
    table.grantReadWrite(open);
    links.grantKey(open);
    this.grantFilesOf(mail, open);
    api.guarded(open, ['POST /desk/parked/{id}/open'], teamOnly);
  }

  private grantFilesOf(mail: Bucket, reader: HandlerFunction): void {
    const { exportName, value } = importedFrom(Stack.of(mail), mail.bucketArn);
    const grant = (action: string, resource: string) =>
      Grant.addToPrincipal({ grantee: reader, actions: [action], resourceArns: [resource] });
    grant('s3:GetObject', `${value}/${rawMail}*`);
    grant('s3:PutObject', `${value}/${filesOfMail}*`);
    // Without it S3 says "forbidden" of a mail that has expired.
    grant('s3:ListBucket', value);
    for (const prefix of [rawMail, filesOfMail]) {
      Validations.of(this).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${exportName}/${prefix}*]`,
        reason: 'Each mail has keys of its own below the one prefix, made up by SES and from what the mail holds.',
      });
    }
  }
}

/** A value of another stack, with the name of the export that carries it: cdk-nag names its findings by that. */
function importedFrom(stack: Stack, attribute: string): { exportName: string; value: string } {
  const value = stack.exportValue(attribute);
  return { exportName: stack.resolve(value)['Fn::ImportValue'], value };
}
