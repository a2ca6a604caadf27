import { describe, expect, test } from 'vitest';
import type { Templates } from '../support/template.ts';

/** Another id would be another resource: a deployment would leave the old one behind, empty-handed. */
const lasting = {
  'AWS::DynamoDB::GlobalTable': 'DeskTableC54AC915',
  'AWS::S3::Bucket': 'Mail6A3D1F64',
  'AWS::Cognito::UserPool': 'TeamPool9319C42F',
  'AWS::SecretsManager::Secret': [
    'LinkKey27470AF7',
    'ChannelsChat8D38B50D',
    'ChannelsSocialFF6A1B64',
    'ChannelsPhoneFE11CA24',
    'ChannelsSmsF8182446',
  ],
  'AWS::SES::EmailIdentity': 'MailIdentity4365A1C5',
};

export const factsAboutSurvival = (templates: () => Templates) =>
  describe('what must survive', () => {
    test('stands in the data stack, under the ids it always had, and is kept', () => {
      for (const [type, ids] of Object.entries(lasting)) {
        const found = templates().of(type);

        expect(found.map((resource) => [resource.stack, resource.id])).toEqual([ids].flat().map((id) => ['data', id]));
        for (const { whole } of found)
          expect(whole).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      }
    });

    test('the table cannot be deleted, and can be restored to any second of 35 days', () => {
      const [table] = templates().of('AWS::DynamoDB::GlobalTable');

      expect(table?.properties).toMatchObject({
        TableName: 'careline-local-desk',
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        Replicas: [
          {
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
          },
        ],
      });
    });

    test('raw mail is encrypted, closed to the public and gone after ninety days, what messages name is not', () => {
      const [bucket] = templates().of('AWS::S3::Bucket');

      expect(bucket?.properties).toMatchObject({
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
        LifecycleConfiguration: {
          Rules: expect.arrayContaining([{ Prefix: 'in/', ExpirationInDays: 90, Status: 'Enabled' }]),
        },
      });
      expect(bucket?.properties.BucketEncryption).toBeDefined();
    });

    test('the team is invited, signs in with a second factor and has three groups', () => {
      const [pool] = templates().of('AWS::Cognito::UserPool');
      const groups = templates().of('AWS::Cognito::UserPoolGroup');

      expect(pool?.properties).toMatchObject({
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
        DeletionProtection: 'ACTIVE',
        MfaConfiguration: 'ON',
      });
      expect(groups.map(({ properties }) => properties.GroupName).sort()).toEqual(['admin', 'agent', 'lead']);
    });

    test('the team’s user names are the ids of team.yaml, and nobody can take a colleague’s address', () => {
      const [pool] = templates().of('AWS::Cognito::UserPool');
      const [client] = templates().of('AWS::Cognito::UserPoolClient');

      expect(pool?.properties.UsernameAttributes).toBeUndefined();
      expect(pool?.properties.AliasAttributes).toEqual(['email']);
      expect(client?.properties.WriteAttributes).toEqual(['locale']);
    });

    test('no account and no region is spelled out', () => {
      const text = JSON.stringify([templates().data.toJSON(), templates().service.toJSON()]);

      expect(text).not.toMatch(/\b\d{12}\b/);
      expect(text).not.toMatch(/\b(us|eu|ap)-(east|west|central|north|south|southeast|northeast)-\d\b/);
    });
  });
