import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import categories from '#desk/categories.json' with { type: 'json' };
import common from '#desk/words/common.json' with { type: 'json' };
import helpWords from '#desk/words/help.json' with { type: 'json' };
import thanks from '#desk/words/thanks.json' with { type: 'json' };
import upload from '#desk/words/upload.json' with { type: 'json' };
import { capsIn } from '../../adapters/dynamo/caps.ts';
import { customersIn } from '../../adapters/dynamo/customers.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../adapters/dynamo/tickets.ts';
import { linkKeysFrom } from '../../adapters/secrets/link-keys.ts';
import { domainOf } from '../../domain/contact/desk-address.ts';
import { newKey } from '../_shared/chance.ts';
import { houseRules } from '../_shared/desk.ts';
import { readEnv } from '../_shared/env.ts';
import { fileCookie, receiptsInBox } from '../_shared/files/file-cookies.ts';
import { type FilesDeps, type FormFiles, formFiles } from '../_shared/files/form-files.ts';
import { type HelpView, helpAnswer, valuesOf } from '../_shared/help-view.ts';
import { formKey } from '../_shared/http/form-key.ts';
import { localeOf, pageHandler, wantsPage } from '../_shared/http/page-handler.ts';
import { readForm } from '../_shared/http/read-form.ts';
import { refuseMoreForms } from '../_shared/http/web-limits.ts';
import { linksIn } from '../_shared/links/links.ts';
import { Problem } from '../_shared/problem.ts';
import { count } from '../_shared/telemetry.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import { env } from './env.ts';
import { readHelpForm } from './read-help-form.ts';
import { type TakeDeps, takeForm } from './take-form.ts';

export interface Deps extends HelpView, TakeDeps, FilesDeps {
  /** Without a slash at its end. */
  publicUrl: string;
}

/** The contact form as it was posted: a ticket, or the form again with what it lacks and all that was typed. */
export const build =
  (deps: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const form = readForm(event);
    await refuseMoreForms(event, deps);
    const locale = localeOf(event, deps.words);
    const values = valuesOf(form);
    const files = await formFiles(event, form, deps);
    const known = formKey(form, locale.code);
    const again = {
      values,
      files: { ...files.shown, gone: files.gone },
      ...(form.once !== undefined && known !== undefined && { once: known }),
    };

    const read = readHelpForm(values, deps.categories);
    const wrong = {
      ...(!read.ok && read.errors),
      ...fileErrors(files),
      ...(known === undefined && { once: 'required' }),
    };
    if (!read.ok || known === undefined || files.gone) {
      if (!wantsPage(event)) throw problemOf(wrong);
      return helpAnswer(locale, { ...again, ...(!read.ok && { errors: read.errors }) }, deps, 422);
    }
    const taken = await takeForm(read.request, { once: known, attachments: files.attachments, locale }, deps);
    if (taken.changed) {
      if (!wantsPage(event)) throw new Problem(409, 'This form was sent before, with other words.');
      const sentBefore = { ticketId: taken.ticketId, link: `/t/${taken.token}` };
      return helpAnswer(locale, { values, files: files.shown, sentBefore }, deps, 409);
    }
    return {
      statusCode: 303,
      headers: { location: `/help/thanks/${taken.token}`, 'cache-control': 'no-store' },
      cookies: emptied(event, files.shown.box, deps),
      body: '',
    };
  };

/** The receipts of the frame have done their work. */
const emptied = (event: APIGatewayProxyEventV2, box: string | undefined, { publicUrl }: Deps): string[] =>
  box === undefined ? [] : receiptsInBox(event, box).map(({ slot }) => fileCookie(box, slot, undefined, publicUrl));

const fileErrors = ({ gone }: FormFiles) => gone && { files: 'gone' };

const problemOf = (wrong: Record<string, string>): Problem =>
  new Problem(422, 'The form is not complete.', {
    errors: Object.entries(wrong).map(([path, message]) => ({ path, message })),
  });

const words = pageWords(helpWords, thanks, upload, common);

export const handler = pageHandler(words, () => {
  const given = readEnv(env);
  const table = deskTable(given.TABLE_NAME);
  return build({
    ...houseRules(),
    words,
    categories,
    uploadHost: given.UPLOAD_HOST,
    publicUrl: given.PUBLIC_URL,
    newKey,
    caps: capsIn(table),
    tickets: ticketsIn(table),
    customers: customersIn(table),
    links: linksIn(given),
    keys: linkKeysFrom(given.LINK_SECRET_ARN),
    deskDomain: domainOf(given.DESK_ADDRESS),
    count,
  });
});
