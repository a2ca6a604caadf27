import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * Both indices carry whole items. With keys alone each change of a ticket would save about two write units, but each look
 * at a list of fifty tickets would cost some forty read units more: dearer from the second look for each ticket on.
 */
const indices = ['queue', 'lookup'] as const;

/**
 * The one table. Nobody may Scan it: a question without a key is not asked (see adapters/dynamo/keys.ts), so the grants
 * here are the only ones there are.
 */
export class DeskTable extends Construct {
  readonly table: TableV2;
  readonly indexNames = indices;

  constructor(scope: Construct, id: string, props: { tableName: string }) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      tableName: props.tableName,
      partitionKey: text('PK'),
      sortKey: text('SK'),
      billing: Billing.onDemand(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      globalSecondaryIndexes: indices.map((indexName) => ({
        indexName,
        partitionKey: text(`${indexName}Pk`),
        sortKey: text(`${indexName}Sk`),
        projectionType: ProjectionType.ALL,
      })),
    });
  }

  get tableName(): string {
    return this.table.tableName;
  }

  get tableArn(): string {
    return this.table.tableArn;
  }

  get streamArn(): string {
    const { tableStreamArn } = this.table;
    if (!tableStreamArn) throw new Error('The desk table has no stream: nothing would follow from a change.');
    return tableStreamArn;
  }

  /** Read items by key, and query the table and its two indices. */
  grantRead(...grantees: IGrantable[]): void {
    for (const grantee of grantees) {
      this.grant(grantee, ['GetItem', 'BatchGetItem', 'Query'], [this.tableArn, ...this.indexArns]);
    }
  }

  /** Read, and write items by key: alone or as a transaction. */
  grantReadWrite(...grantees: IGrantable[]): void {
    this.grantRead(...grantees);
    for (const grantee of grantees) {
      this.grant(grantee, ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'], [this.tableArn]);
    }
  }

  /** Single actions on items of the table, named as IAM names them without the prefix: `UpdateItem`. */
  grantActions(grantee: IGrantable, actions: readonly string[]): void {
    this.grant(grantee, actions, [this.tableArn]);
  }

  /** Write items whose partition begins so, e.g. `CLICKS#`, and nothing else: whoever may note a thing can touch no other. */
  grantNote(grantee: IGrantable, partition: `${string}#`): void {
    Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:UpdateItem'],
      resourceArns: [this.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${partition}*`] },
        // Of no values all would hold.
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  }

  /** Read what has changed; Lambda also wants to list streams, for which IAM knows no resource. */
  grantStreamRead(grantee: IGrantable): void {
    this.grant(grantee, ['DescribeStream', 'GetShardIterator', 'GetRecords'], [this.streamArn]);
    this.grant(grantee, ['ListStreams'], ['*']);
  }

  private get indexArns(): string[] {
    return indices.map((index) => `${this.tableArn}/index/${index}`);
  }

  private grant(grantee: IGrantable, actions: readonly string[], resourceArns: string[]): void {
    if (actions.includes('Scan')) throw new Error('Nobody scans the desk table: add a key for the question instead.');
    Grant.addToPrincipal({ grantee, actions: actions.map((action) => `dynamodb:${action}`), resourceArns });
  }
}
