import { Stack, Validations } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { HandlerFunction } from './handler-function.ts';
import { filesOfMail, rawMail, uploads } from './mail-prefixes.ts';

/** What a function needs to take, look into or hand out the files of customers. */
export class Files {
  private readonly bucket: Bucket;

  constructor(bucket: Bucket) {
    this.bucket = bucket;
  }

  /** Variables of a function that asks the bucket. */
  get toStore(): { UPLOAD_BUCKET: string } {
    return { UPLOAD_BUCKET: this.bucket.bucketName };
  }

  /** Variables of a function whose pages let a browser post to the bucket. */
  get toOffer(): { UPLOAD_HOST: string } {
    return { UPLOAD_HOST: this.bucket.bucketRegionalDomainName };
  }

  /** Signs forms by which browsers store files, tagged so that the bucket deletes what no message names. */
  grantOffering(signer: HandlerFunction): void {
    this.grant(signer, ['s3:PutObject', 's3:PutObjectTagging'], uploads);
  }

  /** Reads how an uploaded file begins. */
  grantLooking(reader: HandlerFunction): void {
    this.grant(reader, ['s3:GetObject'], uploads);
    // Without it S3 says "forbidden" of a file that nobody uploaded.
    Grant.addToPrincipal({ grantee: reader, actions: ['s3:ListBucket'], resourceArns: [this.exported().value] });
  }

  /** Takes the tag off that a file would be deleted by. */
  grantKeeping(keeper: HandlerFunction): void {
    this.grant(keeper, ['s3:DeleteObjectTagging'], uploads);
    Grant.addToPrincipal({ grantee: keeper, actions: ['s3:ListBucket'], resourceArns: [this.exported().value] });
  }

  /** Signs links to files of messages, however they came. */
  grantHandingOut(signer: HandlerFunction): void {
    for (const prefix of [uploads, filesOfMail]) this.grant(signer, ['s3:GetObject'], prefix);
  }

  /** Signs links to mail as it came, for the team. */
  grantMailAsItCame(signer: HandlerFunction): void {
    this.grant(signer, ['s3:GetObject'], rawMail);
  }

  /** Takes away everything that the bucket holds of a person. */
  grantErasing(eraser: HandlerFunction): void {
    for (const prefix of [uploads, filesOfMail, rawMail]) this.grant(eraser, ['s3:DeleteObject'], prefix);
  }

  private grant(grantee: HandlerFunction, actions: string[], prefix: string): void {
    const { exportName, value } = this.exported();
    Grant.addToPrincipal({ grantee, actions, resourceArns: [`${value}/${prefix}*`] });
    Validations.of(grantee.role ?? grantee).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${exportName}/${prefix}*]`,
      reason: 'Each file has a key of its own below the one prefix, made by chance when it is uploaded or read.',
    });
  }

  /** The ARN in other stacks, with the name of the export that carries it: cdk-nag names its findings by that. */
  private exported(): { exportName: string; value: string } {
    const stack = Stack.of(this.bucket);
    const value = stack.exportValue(this.bucket.bucketArn);
    return { exportName: stack.resolve(value)['Fn::ImportValue'], value };
  }
}
