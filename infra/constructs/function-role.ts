import {
  type AddToPrincipalPolicyResult,
  PolicyDocument,
  type PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * The role of one function, with what it may do written into the role itself: a policy beside it would be one resource
 * more for each function, of the 500 that CloudFormation takes in a stack.
 */
export class FunctionRole extends Role {
  private readonly allowed: PolicyDocument;

  constructor(scope: Construct, id: string) {
    // Filled in by the grants that follow: the document is written out when the app is synthesized.
    const allowed = new PolicyDocument();
    super(scope, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), inlinePolicies: { Granted: allowed } });
    this.allowed = allowed;
  }

  override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.allowed.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }
}
