import type * as z from 'zod/mini';
import type { env as answerSurvey } from '../functions/answer-survey/env.ts';
import type { env as apologiseAndAsk } from '../functions/apologise-and-ask/env.ts';
import type { env as askAHuman } from '../functions/ask-a-human/env.ts';
import type { env as askAgain } from '../functions/ask-again/env.ts';
import type { env as askForRating } from '../functions/ask-for-rating/env.ts';
import type { env as callTheLead } from '../functions/call-the-lead/env.ts';
import type { env as climbTheLadder } from '../functions/climb-the-ladder/env.ts';
import type { env as closeQuietly } from '../functions/close-quietly/env.ts';
import type { env as confirmIdentity } from '../functions/confirm-identity/env.ts';
import type { env as deflectTicket } from '../functions/deflect-ticket/env.ts';
import type { env as deskApi } from '../functions/desk-api/env.ts';
import type { env as dispatchChanges } from '../functions/dispatch-changes/env.ts';
import type { env as openRecovery } from '../functions/open-recovery/env.ts';
import type { env as rateArticle } from '../functions/rate-article/env.ts';
import type { env as rateReply } from '../functions/rate-reply/env.ts';
import type { env as receiveAnswer } from '../functions/receive-answer/env.ts';
import type { env as receiveCall } from '../functions/receive-call/env.ts';
import type { env as receiveChat } from '../functions/receive-chat/env.ts';
import type { env as receiveMail } from '../functions/receive-mail/env.ts';
import type { env as receiveMention } from '../functions/receive-mention/env.ts';
import type { env as receiveText } from '../functions/receive-text/env.ts';
import type { env as receiveTicket } from '../functions/receive-ticket/env.ts';
import type { env as recordOutcome } from '../functions/record-outcome/env.ts';
import type { env as remindCustomer } from '../functions/remind-customer/env.ts';
import type { env as remindOnce } from '../functions/remind-once/env.ts';
import type { env as reopenTicket } from '../functions/reopen-ticket/env.ts';
import type { env as sendAcknowledgement } from '../functions/send-acknowledgement/env.ts';
import type { env as sendMail } from '../functions/send-mail/env.ts';
import type { env as sendText } from '../functions/send-text/env.ts';
import type { env as settleMail } from '../functions/settle-mail/env.ts';
import type { env as showIdentity } from '../functions/show-identity/env.ts';
import type { env as showKnowledge } from '../functions/show-knowledge/env.ts';
import type { env as showSurvey } from '../functions/show-survey/env.ts';
import type { env as showTicket } from '../functions/show-ticket/env.ts';
import type { env as showUnsubscribe } from '../functions/show-unsubscribe/env.ts';
import type { env as sweepAbandoned } from '../functions/sweep-abandoned/env.ts';
import type { env as triageTicket } from '../functions/triage-ticket/env.ts';
import type { env as unsubscribe } from '../functions/unsubscribe/env.ts';
import type { HouseVariable } from './bundling/environment-keys.ts';

/** What a schema asks for, less what the house sets on every function; every value is a string, as in any environment. */
type Variables<Schema extends z.ZodMiniObject> = {
  [Key in keyof z.input<Schema> as Key extends HouseVariable ? never : Key]: string;
};

/** The variables of every function by its construct id, so that a missing one is a compile error where it is built. */
export interface Environments {
  AnswerSurvey: Variables<typeof answerSurvey>;
  ApologiseAndAsk: Variables<typeof apologiseAndAsk>;
  AskAHuman: Variables<typeof askAHuman>;
  AskAgain: Variables<typeof askAgain>;
  AskForRating: Variables<typeof askForRating>;
  CallTheLead: Variables<typeof callTheLead>;
  ClimbTheLadder: Variables<typeof climbTheLadder>;
  CloseQuietly: Variables<typeof closeQuietly>;
  ConfirmIdentity: Variables<typeof confirmIdentity>;
  DeflectTicket: Variables<typeof deflectTicket>;
  DeskApi: Variables<typeof deskApi>;
  DispatchChanges: Variables<typeof dispatchChanges>;
  OpenRecovery: Variables<typeof openRecovery>;
  RateArticle: Variables<typeof rateArticle>;
  RateReply: Variables<typeof rateReply>;
  ReceiveAnswer: Variables<typeof receiveAnswer>;
  ReceiveCall: Variables<typeof receiveCall>;
  ReceiveChat: Variables<typeof receiveChat>;
  ReceiveMail: Variables<typeof receiveMail>;
  ReceiveMention: Variables<typeof receiveMention>;
  ReceiveText: Variables<typeof receiveText>;
  ReceiveTicket: Variables<typeof receiveTicket>;
  RecordOutcome: Variables<typeof recordOutcome>;
  RemindCustomer: Variables<typeof remindCustomer>;
  RemindOnce: Variables<typeof remindOnce>;
  ReopenTicket: Variables<typeof reopenTicket>;
  SendAcknowledgement: Variables<typeof sendAcknowledgement>;
  SendMail: Variables<typeof sendMail>;
  SendText: Variables<typeof sendText>;
  SettleMail: Variables<typeof settleMail>;
  ShowIdentity: Variables<typeof showIdentity>;
  ShowKnowledge: Variables<typeof showKnowledge>;
  ShowSurvey: Variables<typeof showSurvey>;
  ShowTicket: Variables<typeof showTicket>;
  ShowUnsubscribe: Variables<typeof showUnsubscribe>;
  SweepAbandoned: Variables<typeof sweepAbandoned>;
  TriageTicket: Variables<typeof triageTicket>;
  Unsubscribe: Variables<typeof unsubscribe>;
}

export type FunctionId = keyof Environments;
