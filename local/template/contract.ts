/** A resource of the synthesized templates with every intrinsic resolved to the values it would have after deployment. */
export interface Resource {
  logicalId: string;
  /** CDK construct path, e.g. `Careline-Service/Workflows/Intake`. */
  path: string;
  stack: string;
  /** CloudFormation type, e.g. `AWS::Lambda::Function`. */
  type: string;
  /** Properties with Ref, Fn::GetAtt, Fn::Join, Fn::Sub, Fn::ImportValue … resolved. */
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties have the shape of their type, known only to the service that reads them.
  properties: Record<string, any>;
  /** What `Ref` gives: a name, a URL or an ARN, as the type defines. */
  ref: string;
  /** What `Fn::GetAtt` gives, by attribute name. */
  attributes: Record<string, string>;
}

/** The deployed state of the cloud assembly in cdk.out, as the services of the runtime see it. */
export interface Deployment {
  resources(type: string): Resource[];
  /** By logical id; undefined if there is none. */
  resource(logicalId: string): Resource | undefined;
  /** By what `Ref` or the `Arn` attribute gives. */
  byArn(arn: string): Resource | undefined;
  /** Directory of an unpacked file asset, by its hash (the S3 key of a function's code without `.zip`). */
  assetDirectory(s3Key: string): string;
}
