import { type AssemblyStack, writeAssembly } from './assembly.ts';
import { CLERK, roleWith, TABLE } from './dynamodb.ts';

/** Answers with what it was asked, and fails when told to. */
const ECHO = `exports.handler = async (event) => {
  if (event.rawPath === '/fail') throw new Error('told to fail');
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ path: event.rawPath, now: Date.now() }) };
};
`;

const ROLE_ARN = { 'Fn::GetAtt': ['Role', 'Arn'] };

const MACHINE = {
  QueryLanguage: 'JSONata',
  StartAt: 'Let It Sink In',
  States: {
    'Let It Sink In': { Type: 'Wait', Seconds: '{% $states.input.seconds %}', Next: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

const resources = {
  Table: TABLE,
  ...roleWith({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: { 'Fn::GetAtt': ['Table', 'Arn'] } }),
  EchoFunction: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'cdk-assets', S3Key: 'echo.zip' },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: ROLE_ARN,
      MemorySize: 256,
      Timeout: 10,
      Environment: { Variables: { TABLE_NAME: { Ref: 'Table' }, DESK_ADDRESS: 'support@desk.example.com' } },
    },
    Metadata: { 'aws:cdk:path': 'Desk/ShowEcho/Resource' },
  },
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'desk', ProtocolType: 'HTTP' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: { Ref: 'Api' },
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['EchoFunction', 'Arn'] },
      PayloadFormatVersion: '2.0',
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: { Ref: 'Api' },
      RouteKey: 'GET /{word}',
      AuthorizationType: 'NONE',
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
    },
  },
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': ['EchoFunction', 'Arn'] },
      Principal: 'apigateway.amazonaws.com',
    },
  },
  Pool: { Type: 'AWS::Cognito::UserPool' },
  Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: { Ref: 'Pool' } } },
  Key: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: {
      Name: 'webhook',
      GenerateSecretString: { SecretStringTemplate: '{"id":"k1"}', GenerateStringKey: 'key' },
    },
  },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: 'careline-local-survey',
      DefinitionString: JSON.stringify(MACHINE),
      RoleArn: ROLE_ARN,
    },
  },
  Thing: { Type: 'AWS::IoT::Thing' },
};

const stack: AssemblyStack = { name: 'Desk', template: { Resources: resources } };

export const MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:careline-local-survey';
export { CLERK };

/** A cloud assembly with one of everything that a start-up touches. */
export const writeSmallDesk = (): { directory: string; remove: () => void } =>
  writeAssembly([stack], { 'asset.echo/index.js': ECHO, 'asset.echo/package.json': '{"type":"commonjs"}' });
