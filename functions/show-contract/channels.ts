import { callPost } from '../receive-call/shape.ts';
import { chatPost } from '../receive-chat/shape.ts';
import { mentionPost } from '../receive-mention/shape.ts';
import { textPost } from '../receive-text/shape.ts';
import type { Body, Described, Routes } from './described.ts';
import { textsChosen } from './shapes/public.ts';
import { ofTicket } from './shapes/ticket.ts';

const at = '2026-11-22T09:00:00Z';

const post = (summary: string, body: Body): Described => ({
  tag: 'Channels',
  summary,
  caller: 'channel',
  body,
  answers: { 201: { is: 'The ticket that it belongs to; told again, the same.', json: ofTicket } },
  refuses: [409, 429],
});

/** What chat, social networks, telephone systems and text message services post; each is signed with its own secret. */
export const channelRoutes: Routes = {
  'POST /channels/chat': post('A conversation so far; the same one again adds what is new', {
    json: chatPost,
    example: {
      conversationId: 'c-1042',
      customer: { email: 'mina@example.com', name: 'Mina Karimi' },
      transcript: [{ at, author: 'customer', name: 'Mina', text: 'I cannot log in.' }],
    },
  }),
  'POST /channels/social': post('A public message that asks the desk for something', {
    json: mentionPost,
    example: {
      network: 'mastodon',
      handle: '@mina@social.example',
      url: 'https://social.example/@mina/1042',
      text: 'Is the payment page down?',
      at,
    },
  }),
  'POST /channels/phone': post('A call and what became of it', {
    json: callPost,
    example: {
      callId: 'p-1042',
      startedAt: at,
      seconds: 312,
      agent: 'ada',
      customer: { phone: '+49 30 901820', name: 'Jonas Weber' },
      summary: 'The invoice of October is missing.',
      outcome: 'open',
    },
  }),
  'POST /channels/sms': {
    ...post('A text message; STOP and START are obeyed', {
      json: textPost,
      example: { messageId: 'm-1042', from: '+49 1512 3456789', text: 'Where is my parcel?', at },
    }),
    answers: {
      200: { is: 'Texts were stopped or started.', json: textsChosen },
      201: { is: 'The ticket that it belongs to; told again, the same.', json: ofTicket },
    },
  },
};
