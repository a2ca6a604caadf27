import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import categories from '#desk/categories.json' with { type: 'json' };
import policy from '#desk/policy.json' with { type: 'json' };
import common from '#desk/words/common.json' with { type: 'json' };
import helpWords from '#desk/words/help.json' with { type: 'json' };
import thanksWords from '#desk/words/thanks.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import upload from '#desk/words/upload.json' with { type: 'json' };
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { readCapability } from '../../domain/contact/capability.ts';
import { FORMS_SCRIPT } from '../../domain/pages/forms-script.ts';
import type { HelpPage } from '../../domain/pages/help-page.ts';
import { type ThanksPage, thanksPage } from '../../domain/pages/thanks-page.ts';
import type { Tickets } from '../../domain/ports.ts';
import { isKey, newKey } from '../_shared/chance.ts';
import { readEnv } from '../_shared/env.ts';
import { type FilesDeps, formFiles } from '../_shared/files/form-files.ts';
import { emptyValues, type HelpView, helpAnswer, valuesOf } from '../_shared/help-view.ts';
import { localeOf, page, pageHandler } from '../_shared/http/page-handler.ts';
import { readForm } from '../_shared/http/read-form.ts';
import { deskKnowledge, type Knowledge } from '../_shared/knowledge/knowledge.ts';
import { notFound } from '../_shared/problem.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import type { Words } from '../_shared/words/words.ts';
import { env } from './env.ts';

interface Deps extends HelpView, FilesDeps {
  words: Words<HelpPage['locale'] & ThanksPage['locale']>;
  tickets: Pick<Tickets, 'ticket'>;
  knowledge: Pick<Knowledge, 'search'>;
}

/** The contact form, the page that thanks for what was sent by it, and the script of forms. */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    switch (event.routeKey) {
      case 'GET /help':
        return helpAnswer(localeOf(event, deps.words), { values: emptyValues(event, deps.policy) }, deps);
      case 'POST /help/draft':
        return draft(event, deps);
      case 'GET /help/thanks/{token}':
        return thanks(event.pathParameters?.token ?? '', deps);
      case 'GET /forms.js':
        return script;
      default:
        throw notFound();
    }
  };

/** The form again with all that was typed: in another language, or with articles that may answer it. Nothing is kept. */
const draft = async (event: APIGatewayProxyEventV2, deps: Deps) => {
  const form = readForm(event);
  const locale = localeOf(event, deps.words);
  const values = valuesOf(form);
  const { shown, gone } = await formFiles(event, form, deps);
  const about = `${values.subject ?? ''} ${values.message ?? ''}`.trim().slice(0, MOST_ASKED);
  return helpAnswer(
    locale,
    {
      values,
      files: { ...shown, gone },
      ...(isKey(form.once) && { once: form.once }),
      ...(form.step === 'search' && { answers: deps.knowledge.search(about, locale.code, MOST_ANSWERS) }),
    },
    deps,
  );
};

const MOST_ANSWERS = 3;
/** So much of a long message says what it is about. */
const MOST_ASKED = 500;

/** Its address changes with it. */
const script: APIGatewayProxyStructuredResultV2 = {
  statusCode: 200,
  headers: {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  },
  body: FORMS_SCRIPT,
};

/** Reads and changes nothing, so that it may be reloaded; the promise is that of the ticket, as it stands now. */
const thanks = async (token: string, { keys, clock, tickets, words }: Deps) => {
  const now = clock.now();
  const link = readCapability(token, 'ticket', await keys(), now);
  const ticket = link.ok ? await tickets.ticket(link.value.subject) : undefined;
  if (!link.ok || !ticket || ticket.customer.id !== link.value.recipient) throw notFound();
  const { email, timeZone, locale } = ticket.customer;
  const promise = ticket.clock.firstReply;
  const ahead = promise?.state === 'running' && promise.dueAt > now;
  const body = thanksPage({
    locale: words.in(locale),
    brand: words.brand,
    ticket,
    link: `/t/${token}`,
    ...(email !== undefined && { email }),
    ...(timeZone !== undefined && { timeZone }),
    ...(ahead && { promise: promise.dueAt }),
  });
  return page(body, words);
};

const words = pageWords(helpWords, thanksWords, upload, common, time);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  return build({
    words,
    policy,
    categories,
    uploadHost: given.UPLOAD_HOST,
    knowledge: deskKnowledge(),
    newKey,
    tickets: ticketsIn(deskTable(given.TABLE_NAME)),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    clock: systemClock,
  });
});
