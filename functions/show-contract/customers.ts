import { HELP_FIELD_NAMES, HELP_FIELDS } from '../../domain/contact/help-form.ts';
import { BOTH_MINE } from '../../domain/pages/identity-page.ts';
import { SOLVED } from '../../domain/pages/kb-article.ts';
import { ASK_AGAIN, ONE_CLICK } from '../../domain/pages/unsubscribe-page.ts';
import { answerShapes } from '../_shared/ticket-page/read-answer.ts';
import { contactBody } from '../choose-contact/shape.ts';
import { uploadRequest } from '../offer-upload/shape.ts';
import { ratingBody } from '../rate-reply/shape.ts';
import { ticketRequest } from '../receive-ticket/shape.ts';
import { PAGE, type Routes } from './described.ts';
import { messageKept, ownTicket, rated, reopened } from './shapes/conversation.ts';
import { contactChosen, suggestions, uploadOffered, uploadTaken } from './shapes/public.ts';
import { openedTicket } from './shapes/ticket.ts';

const lang = { lang: 'A language of the desk; without it, that of the browser.' };
const words = { body: 'The words.', once: 'A key of the form: the same one makes one message.' };
const shown = (is: string) => ({ 200: { is, as: PAGE } });
const helpForm = Object.fromEntries(
  HELP_FIELD_NAMES.map((name) => {
    const { most, required } = HELP_FIELDS[name];
    return [name, `At most ${most} characters${required ? '; required' : ''}.`];
  }),
);

const requests: Routes = {
  'GET /assets/{name}': {
    tag: 'Requests',
    summary: 'A font or the logo of the pages',
    caller: 'anybody',
    answers: {
      200: {
        is: 'The file; its name changes with it.',
        as: ['font/woff2', 'image/svg+xml', 'image/png', 'image/webp', 'image/jpeg'],
      },
    },
    refuses: [404],
  },
  'POST /tickets': {
    tag: 'Requests',
    summary: 'Ask the desk for help',
    caller: 'anybody',
    idempotent: true,
    body: {
      json: ticketRequest,
      example: {
        subject: 'The invoice cannot be paid',
        body: 'The page answers with error PAY-402 since this morning.',
        customer: { email: 'mina@example.com', name: 'Mina Karimi', locale: 'fa', timeZone: 'Asia/Tehran' },
        urgency: 'high',
        context: { errorCode: 'PAY-402' },
      },
    },
    answers: { 201: { is: 'The ticket, and the link to its page.', json: openedTicket } },
    refuses: [409, 429],
  },
  'GET /help': {
    tag: 'Requests',
    summary: 'The contact form',
    caller: 'anybody',
    query: lang,
    answers: shown('The form.'),
  },
  'POST /help/draft': {
    tag: 'Requests',
    summary: 'Articles that may answer what the form says so far',
    caller: 'anybody',
    query: lang,
    body: { form: helpForm },
    answers: shown('The form with the articles, or in another language.'),
  },
  'POST /help': {
    tag: 'Requests',
    summary: 'Send the contact form',
    caller: 'anybody',
    query: lang,
    body: { form: helpForm },
    answers: { 303: { is: 'The ticket is there; to the page that says its number.' } },
    refuses: [409, 429],
  },
  'GET /help/thanks/{token}': {
    tag: 'Requests',
    summary: 'The number of the ticket, and when to expect an answer',
    caller: 'link',
    query: lang,
    answers: shown('The page.'),
  },
  'GET /forms.js': {
    tag: 'Requests',
    summary: 'The script of forms, which work without it',
    caller: 'anybody',
    answers: { 200: { is: 'The script.', as: 'text/javascript' } },
  },
};

const files: Routes = {
  'POST /uploads': {
    tag: 'Files',
    summary: 'A place to send one file to',
    caller: 'anybody',
    body: { json: uploadRequest, example: { name: 'screen.png', bytes: 48_213, type: 'image/png' } },
    answers: { 201: { is: 'Where to post the file, with which fields, and until when.', json: uploadOffered } },
    refuses: [429],
  },
  'POST /uploads/{id}/done': {
    tag: 'Files',
    summary: 'Look into a file that was sent',
    caller: 'anybody',
    answers: { 200: { is: 'The receipt to attach it with.', json: uploadTaken } },
    refuses: [404],
  },
  'GET /uploads/box/{box}': {
    tag: 'Files',
    summary: 'The files of a form, where no script runs',
    caller: 'anybody',
    query: { ...lang, key: 'Set by the bucket when it has taken a file.' },
    answers: { ...shown('The files, and a form for one more.'), 303: { is: 'A file was taken in; to the page.' } },
    refuses: [404],
  },
  'POST /uploads/box/{box}': {
    tag: 'Files',
    summary: 'Take a file out again',
    caller: 'anybody',
    query: lang,
    body: { form: { remove: 'The place of the file.' } },
    answers: { 303: { is: 'It is out; to the page.' } },
    refuses: [404],
  },
  'GET /t/{token}/attachments/{message}/{index}': {
    tag: 'Files',
    summary: 'A file of the conversation',
    caller: 'link',
    answers: { 302: { is: 'To where it is saved from, for five minutes.' } },
  },
};

const links: Routes = {
  'GET /t/{token}': {
    tag: 'Links',
    summary: 'The customer’s own ticket: where it stands, when to expect an answer, what was said',
    caller: 'link',
    query: {
      message: 'One message alone.',
      part: 'Which part of a long one.',
      from: 'The message that the page begins with.',
      rate: 'The reply whose rating is open.',
      r: 'The rating that is chosen; nothing is recorded.',
      sent: 'What was just sent.',
      of: 'The message it was about.',
    },
    answers: { 200: { is: 'The page, or JSON for a program that accepts no page.', json: ownTicket, as: PAGE } },
  },
  'HEAD /t/{token}': {
    tag: 'Links',
    summary: 'Whether the link still opens its ticket; mail scanners ask so, and nothing is recorded',
    caller: 'link',
    answers: { 200: { is: 'The headers of the page alone.' } },
  },
  'POST /t/{token}/messages': {
    tag: 'Links',
    summary: 'Write to the desk on this ticket, or on a new one that is linked to it when this one is closed for good',
    caller: 'link',
    idempotent: true,
    body: { json: answerShapes.body, form: words, example: { body: 'It happens on the phone only.' } },
    answers: {
      201: { is: 'The message is kept.', json: messageKept },
      303: { is: 'The same for a form; to the page.' },
    },
    refuses: [409],
  },
  'POST /t/{token}/reopen': {
    tag: 'Links',
    summary: 'Open a resolved ticket again',
    caller: 'link',
    idempotent: true,
    body: {
      json: answerShapes.reason,
      form: { ...words, reason: 'What is still wrong.' },
      example: { reason: 'It is back.' },
    },
    answers: { 200: { is: 'It is open.', json: reopened }, 303: { is: 'The same for a form; to the page.' } },
    refuses: [409],
  },
  'POST /t/{token}/ratings': {
    tag: 'Links',
    summary: 'Rate one reply, or change that rating',
    caller: 'link',
    body: {
      json: ratingBody,
      form: { message: 'The reply.', score: 'A value of the scale.' },
      example: { message: '01KAM5C3T9X7N2R4V6W8Y0Z1AB', score: 4 },
    },
    answers: {
      200: { is: 'The rating as it is kept.', json: rated },
      303: { is: 'The same for a form; to the page.' },
    },
    refuses: [409],
  },
  'POST /t/{token}/contact': {
    tag: 'Links',
    summary: 'Agree to text messages about the ticket, or have mail again',
    caller: 'link',
    idempotent: true,
    body: {
      json: contactBody,
      form: { contactBy: '`mail` or `sms`.', phone: 'A number with its country code.' },
      example: { contactBy: 'sms', phone: '+4915112345678' },
    },
    answers: {
      200: { is: 'What was chosen.', json: contactChosen },
      303: { is: 'The same for a form; to the page.' },
    },
  },
  'GET /i/{token}': {
    tag: 'Links',
    summary: 'Whether two addresses are one person’s',
    caller: 'link',
    answers: shown('The question.'),
  },
  'POST /i/{token}': {
    tag: 'Links',
    summary: 'Say that both addresses are one’s own',
    caller: 'link',
    body: { form: { [BOTH_MINE.name]: BOTH_MINE.value } },
    answers: shown('How it stands: the other address may have to be confirmed too.'),
  },
  'GET /a/{token}': {
    tag: 'Links',
    summary: 'An escalation that a colleague was told of',
    caller: 'link',
    answers: shown('What it is about; nothing is recorded.'),
  },
  'POST /a/{token}': {
    tag: 'Links',
    summary: 'Acknowledge an escalation',
    caller: 'link',
    answers: shown('Who has acknowledged it.'),
    refuses: [409],
  },
};

const surveys: Routes = {
  'GET /s/{token}': {
    tag: 'Surveys',
    summary: 'A survey',
    caller: 'link',
    query: { r: 'The answer that is chosen; it is given only when the form is sent.' },
    answers: shown('The questions.'),
    refuses: [409],
  },
  'HEAD /s/{token}': {
    tag: 'Surveys',
    summary: 'Whether the link still opens its survey; mail scanners ask so, and nothing is answered by it',
    caller: 'link',
    answers: { 200: { is: 'The headers of the page alone.' } },
    refuses: [409],
  },
  'POST /s/{token}': {
    tag: 'Surveys',
    summary: 'Answer a survey once; the answer may be changed for a while',
    caller: 'link',
    body: { form: { '*': 'The answer to the question of that id.' } },
    answers: shown('Thanks, and until when the answer may be changed.'),
    refuses: [409],
  },
  'GET /u/{token}': {
    tag: 'Surveys',
    summary: 'Whether surveys are sent',
    caller: 'link',
    answers: shown('How it stands.'),
  },
  'POST /u/{token}': {
    tag: 'Surveys',
    summary: 'Stop surveys at one click (RFC 8058), or have them again',
    caller: 'link',
    body: { form: { [ONE_CLICK.name]: ONE_CLICK.value, [ASK_AGAIN.name]: `${ASK_AGAIN.value}: takes it back.` } },
    answers: shown('How it stands now.'),
  },
};

const knowledge: Routes = {
  'GET /kb': {
    tag: 'Knowledge base',
    summary: 'All articles, or those that a search finds',
    caller: 'anybody',
    query: { ...lang, q: 'What is searched for.' },
    answers: shown('The articles.'),
  },
  'GET /kb/suggest': {
    tag: 'Knowledge base',
    summary: 'Articles for what was typed so far',
    caller: 'anybody',
    query: { ...lang, q: 'What was typed.' },
    answers: { 200: { is: 'Titles and addresses.', json: suggestions } },
  },
  'GET /kb/{slug}': {
    tag: 'Knowledge base',
    summary: 'An article',
    caller: 'anybody',
    query: lang,
    answers: shown('The article.'),
    refuses: [404],
  },
  'POST /kb/{slug}/helpful': {
    tag: 'Knowledge base',
    summary: 'Say whether an article helped',
    caller: 'anybody',
    query: lang,
    body: { form: { helped: 'yes or no.' } },
    answers: shown('Thanks.'),
    refuses: [404],
  },
  'GET /kb/{slug}/for/{token}': {
    tag: 'Knowledge base',
    summary: 'An article that was offered for a ticket',
    caller: 'link',
    query: lang,
    answers: shown('The article, and a button to say that it solved the ticket.'),
  },
  'POST /kb/{slug}/for/{token}': {
    tag: 'Knowledge base',
    summary: 'Say that an article solved the ticket',
    caller: 'link',
    query: lang,
    body: { form: { [SOLVED.name]: SOLVED.value } },
    answers: shown('The ticket is resolved, or why not.'),
  },
};

/** What customers call, without an account; and colleagues from a mail. */
export const customerRoutes: Routes = { ...requests, ...files, ...links, ...surveys, ...knowledge };
