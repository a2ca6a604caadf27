import { feedbackRequest } from '../receive-feedback/shape.ts';
import { PAGE, type Routes } from './described.ts';
import { feedbackTaken } from './shapes/public.ts';

const lang = { lang: 'A language of the desk; without it, that of the browser.' };
const shown = (is: string) => ({ 200: { is, as: PAGE } });
const feedbackForm = {
  once: 'A key of the form: the same one makes one piece of feedback.',
  '<question>': 'The answer to a question of the survey, by its id.',
  name: 'Who gives it, if they like.',
  email: 'Where they can be answered, if they like.',
};

/** What people say of the desk of their own accord, and when they are asked whether they would recommend it. */
export const feedbackRoutes: Routes = {
  'GET /feedback': {
    tag: 'Surveys',
    summary: 'The form for feedback at any time',
    caller: 'anybody',
    query: lang,
    answers: shown('The form.'),
  },
  'POST /feedback/draft': {
    tag: 'Surveys',
    summary: 'The form in another language, with all that was typed',
    caller: 'anybody',
    query: lang,
    body: { form: feedbackForm },
    answers: shown('The form.'),
  },
  'POST /feedback': {
    tag: 'Surveys',
    summary: 'Say what you think of the desk; a low score with an address becomes a ticket that is put right',
    caller: 'anybody',
    idempotent: true,
    body: {
      json: feedbackRequest,
      form: feedbackForm,
      example: { score: 2, text: 'It took three weeks.', customer: { email: 'mina@example.com', name: 'Mina Karimi' } },
    },
    answers: {
      201: { is: 'What was kept, and the ticket if one was opened.', json: feedbackTaken },
      303: { is: 'The same for a form; to the page that thanks.' },
    },
    refuses: [409, 429],
  },
  'GET /feedback/thanks': {
    tag: 'Surveys',
    summary: 'Thanks, and what happens now',
    caller: 'anybody',
    query: { ...lang, for: 'Whether anybody will write: kept, answer or unknown.' },
    answers: shown('The page.'),
  },
  'GET /feedback/{token}': {
    tag: 'Surveys',
    summary: 'Whether somebody would recommend the desk, as they were asked by mail; nothing is recorded',
    caller: 'link',
    query: { r: 'The answer that is chosen on the form.' },
    answers: shown('The form, with the answer given before if it may still be changed.'),
    refuses: [410],
  },
  'HEAD /feedback/{token}': {
    tag: 'Surveys',
    summary: 'Whether the link still opens its question; mail scanners ask so, and nothing is answered by it',
    caller: 'link',
    answers: { 200: { is: 'The headers of the page alone.' } },
    refuses: [409, 410],
  },
  'POST /feedback/{token}': {
    tag: 'Surveys',
    summary: 'Answer it, once, or change the answer within a day',
    caller: 'link',
    body: { form: { '<question>': 'The answer to a question of the survey, by its id.' } },
    answers: shown('Thanks.'),
    refuses: [409, 410],
  },
};
