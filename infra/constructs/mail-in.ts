import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ReceiptRuleSet, TlsPolicy } from 'aws-cdk-lib/aws-ses';
import { Lambda as LambdaAction, LambdaInvocationType, S3 as S3Action } from 'aws-cdk-lib/aws-ses-actions';
import { Construct } from 'constructs';
import type { DeskTable } from './desk-table.ts';
import { FailureQueue } from './failure-queue.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Links } from './links.ts';

export interface MailInProps {
  table: DeskTable;
  links: Links;
  /** Where the raw mail is kept until it expires. */
  mail: Bucket;
  /** Every address of this domain is the desk's, so that signed reply addresses arrive. */
  mailDomain: string;
}

/** Prefix of raw mail in the bucket; the rest of the key is the message id that SES gives. */
const prefix = 'in/';

/** Mail to the desk's domain is stored raw, then read. SES keeps one rule set active per region: see the stack's output. */
export class MailIn extends Construct {
  readonly ruleSet: ReceiptRuleSet;

  constructor(scope: Construct, id: string, { table, links, mail, mailDomain }: MailInProps) {
    super(scope, id);
    const impact = 'a customer who wrote a mail gets no ticket';
    const receive = new HandlerFunction(this, 'ReceiveMail', {
      environment: {
        TABLE_NAME: table.tableName,
        MAIL_BUCKET: mail.bucketName,
        MAIL_PREFIX: prefix,
        ...links.toMake,
      },
      timeout: Duration.seconds(30),
      undelivered: new FailureQueue(this, 'UnreadMail', { impact, runbook: 'receive-mail' }),
      impact,
    });
    table.grantReadWrite(receive);
    links.grantKey(receive);
    this.grantReadingOf(mail, receive);

    this.ruleSet = new ReceiptRuleSet(this, 'RuleSet');
    const toTheDesk = this.ruleSet.addRule('ToTheDesk', {
      recipients: [mailDomain],
      scanEnabled: true,
      // A customer whose server cannot encrypt is still a customer.
      tlsPolicy: TlsPolicy.OPTIONAL,
      actions: [
        new S3Action({ bucket: Bucket.fromBucketName(this, 'RawMail', mail.bucketName), objectKeyPrefix: prefix }),
        new LambdaAction({ function: receive, invocationType: LambdaInvocationType.EVENT }),
      ],
    });
    Validations.of(toTheDesk).acknowledge({
      id: 'Annotation::@aws-cdk/s3:AddBucketPermissions',
      reason: 'The data stack lets SES write to the bucket, where the bucket stands.',
    });
  }

  private grantReadingOf(mail: Bucket, receive: HandlerFunction): void {
    const { exportName, value } = importedFrom(Stack.of(mail), mail.bucketArn);
    Grant.addToPrincipal({ grantee: receive, actions: ['s3:GetObject'], resourceArns: [`${value}/${prefix}*`] });
    Validations.of(this).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${exportName}/${prefix}*]`,
      reason: 'The function reads any raw mail under the one prefix that SES writes to, and SES makes up the keys.',
    });
  }
}

/** A value of another stack, with the name of the export that carries it: cdk-nag names its findings by that. */
function importedFrom(stack: Stack, attribute: string): { exportName: string; value: string } {
  const value = stack.exportValue(attribute);
  return { exportName: stack.resolve(value)['Fn::ImportValue'], value };
}
