import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ChannelName, ChannelSecrets } from './channel-secrets.ts';
import type { DeskTable } from './desk-table.ts';
import { HandlerFunction } from './handler-function.ts';
import type { Links } from './links.ts';
import type { PublicApi } from './public-api.ts';

export interface ChannelsProps {
  api: PublicApi;
  table: DeskTable;
  links: Links;
  secrets: ChannelSecrets;
}

const signed = (channel: ChannelName) =>
  `Every post is signed with the secret of the channel "${channel}", which the function checks before it reads anything.`;

const signedLink = 'The path carries a signed link of one purpose and one recipient, which the function checks.';

/** Where chats, public mentions, calls and text messages come in: one function each, which can read one secret alone. */
export class Channels extends Construct {
  constructor(scope: Construct, id: string, props: ChannelsProps) {
    super(scope, id);
    const { api, secrets, table, links } = props;

    const chat = new HandlerFunction(this, 'ReceiveChat', {
      environment: this.environment(props, secrets.chat),
      answersPeople: true,
      impact: 'a customer who asked for help in the chat gets no ticket',
    });
    this.equip(chat, secrets.chat, props);
    api.open(chat, ['POST /channels/chat'], signed('chat'));

    const mention = new HandlerFunction(this, 'ReceiveMention', {
      environment: this.environment(props, secrets.social),
      answersPeople: true,
      impact: 'a customer who complained in public gets no ticket',
    });
    this.equip(mention, secrets.social, props);
    api.open(mention, ['POST /channels/social'], signed('social'));

    const call = new HandlerFunction(this, 'ReceiveCall', {
      environment: this.environment(props, secrets.phone),
      answersPeople: true,
      impact: 'what a customer said on the telephone is written down nowhere',
    });
    this.equip(call, secrets.phone, props);
    api.open(call, ['POST /channels/phone'], signed('phone'));

    const text = new HandlerFunction(this, 'ReceiveText', {
      environment: this.environment(props, secrets.sms),
      answersPeople: true,
      impact: 'a customer who sent a text message gets no ticket, and one who wants no more texts still gets them',
    });
    this.equip(text, secrets.sms, props);
    api.open(text, ['POST /channels/sms'], signed('sms'));

    const show = new HandlerFunction(this, 'ShowIdentity', {
      environment: { TABLE_NAME: table.tableName, ...links.toRead },
      answersPeople: true,
      impact: 'a customer cannot see what they were asked to confirm',
    });
    table.grantRead(show);
    api.open(show, ['GET /i/{token}'], signedLink);

    const confirm = new HandlerFunction(this, 'ConfirmIdentity', {
      environment: { TABLE_NAME: table.tableName, ...links.toMake },
      answersPeople: true,
      impact: 'a customer who wrote by two ways explains everything twice',
    });
    table.grantReadWrite(confirm);
    api.open(confirm, ['POST /i/{token}'], signedLink);
    links.grantKey(show, confirm);
  }

  private environment({ table, links }: ChannelsProps, secret: Secret) {
    return { TABLE_NAME: table.tableName, ...links.toMake, CHANNEL_SECRET_ARN: secret.secretArn };
  }

  private equip(handler: HandlerFunction, secret: Secret, { table, links }: ChannelsProps): void {
    table.grantReadWrite(handler);
    links.grantKey(handler);
    secret.grantRead(handler);
  }
}
