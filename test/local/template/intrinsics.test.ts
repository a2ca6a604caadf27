// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub placeholders are what is tested.
import { describe, expect, test } from 'vitest';
import { TemplateError } from '../../../local/template/error.ts';
import { deploymentWith } from '../support/assembly.ts';

const resolved = (value: unknown, rest: Record<string, unknown> = {}, others: Record<string, unknown> = {}): unknown =>
  deploymentWith(
    { Probe: { Type: 'AWS::CloudWatch::Dashboard', Properties: { Value: value } }, ...others },
    rest,
  ).resource('Probe')?.properties.Value;

const queue = { Mail: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'mail' } } };

describe('intrinsic functions resolve as CloudFormation would', () => {
  test.each([
    ['Ref of a pseudo parameter', { Ref: 'AWS::AccountId' }, '000000000000'],
    ['Fn::Join', { 'Fn::Join': [':', ['a', { Ref: 'AWS::Region' }, 'c']] }, 'a:us-east-1:c'],
    ['Fn::Sub of a pseudo parameter', { 'Fn::Sub': 'in ${AWS::Region}' }, 'in us-east-1'],
    ['Fn::Sub of an attribute', { 'Fn::Sub': '${Mail.Arn}/x' }, 'arn:aws:sqs:us-east-1:000000000000:mail/x'],
    ['Fn::Sub with own values', { 'Fn::Sub': ['${A}-${B}', { A: 'one', B: { Ref: 'AWS::Partition' } }] }, 'one-aws'],
    ['Fn::Sub of a literal', { 'Fn::Sub': '${!Kept}' }, '${Kept}'],
    ['Fn::Select out of Fn::Split', { 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Mail', 'QueueName'] }, 'mail'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Mail.QueueName' }, 'mail'],
    ['Ref of a parameter with a default', { Ref: 'Stage' }, 'local'],
    ['Fn::If on a true condition', { 'Fn::If': ['IsLocal', 'yes', 'no'] }, 'yes'],
    ['Fn::If on a false condition', { 'Fn::If': ['IsElsewhere', 'yes', 'no'] }, 'no'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'small'] }, 1],
    ['Fn::Base64', { 'Fn::Base64': 'hello' }, 'aGVsbG8='],
    ['Fn::GetAZs', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'us-east-1a'],
    ['AWS::NoValue in an object', { keep: 1, drop: { Ref: 'AWS::NoValue' } }, { keep: 1 }],
    ['AWS::NoValue in a list', [1, { 'Fn::If': ['IsElsewhere', 2, { Ref: 'AWS::NoValue' }] }], [1]],
  ])('%s', (_, value, expected) => {
    const rest = {
      Parameters: { Stage: { Type: 'String', Default: 'local' } },
      Mappings: { Sizes: { local: { small: 1 } } },
      Conditions: {
        IsLocal: { 'Fn::Equals': [{ Ref: 'Stage' }, 'local'] },
        IsElsewhere: { 'Fn::Or': [{ 'Fn::Not': [{ Condition: 'IsLocal' }] }, { 'Fn::And': [false, true] }] },
      },
    };

    const result = resolved(value, rest, queue);

    expect(result).toEqual(expected);
  });

  test.each([
    ['an unknown function', { 'Fn::Cidr': ['10.0.0.0/16', 1, 8] }, 'Fn::Cidr'],
    ['a dynamic reference to a secret', '{{resolve:secretsmanager:key:SecretString}}', 'secretsmanager:key'],
    ['a reference to nothing', { Ref: 'Nobody' }, 'Nobody'],
    ['an attribute the type does not have', { 'Fn::GetAtt': ['Mail', 'Colour'] }, 'Colour'],
    ['an export that nobody makes', { 'Fn::ImportValue': 'Missing' }, 'Missing'],
  ])('%s is refused by name', (_, value, name) => {
    const resolve = (): unknown => resolved(value, {}, queue);

    expect(resolve).toThrow(TemplateError);
    expect(resolve).toThrow(name);
  });

  test('names that depend on each other are told instead of looping', () => {
    const resources = {
      A: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'B' } } },
      B: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'A' } } },
    };

    const load = (): unknown => deploymentWith(resources);

    expect(load).toThrow('A → B → A');
  });
});
