import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Uploads } from '../../adapters/s3/uploads.ts';
import { UPLOADS } from '../../domain/contact/upload.ts';
import { seenBrowser } from '../../domain/contact/user-agent.ts';
import type { Locale } from '../../domain/contact/words.ts';
import { formsScriptAddress } from '../../domain/pages/forms-script.ts';
import type { HelpPage } from '../../domain/pages/help-page.ts';
import { helpPage } from '../../domain/pages/help-page.ts';
import type { Category, Policy } from '../../domain/policy.ts';
import { languagesOf, page } from './page-handler.ts';
import type { Words } from './words.ts';

/** What the contact form is shown with. */
export interface HelpView {
  words: Words;
  policy: Policy;
  categories: readonly Category[];
  uploads: Pick<Uploads, 'form'>;
  newKey: () => string;
}

/** The language asked for by `?lang=`, else that of the browser. */
export const localeOf = (event: APIGatewayProxyEventV2, words: Words): Locale =>
  words.in([...(event.queryStringParameters?.lang ? [event.queryStringParameters.lang] : []), ...languagesOf(event)]);

/** The fields of an empty form: what the policy takes for usual, and what the browser tells of itself. */
export const emptyValues = ({ headers }: APIGatewayProxyEventV2, { triage }: Policy): HelpPage['values'] => ({
  impact: triage.defaultImpact,
  urgency: triage.defaultUrgency,
  ...seenBrowser(headers['user-agent'] ?? ''),
});

export type Shown = Pick<HelpPage, 'values'> &
  Partial<Pick<HelpPage, 'errors' | 'once' | 'answers' | 'sentBefore'>> & { files?: Partial<HelpPage['files']> };

/** The contact form as a page; keys that it does not have yet are made. */
export const helpAnswer = async (
  locale: Locale,
  { once, files, ...shown }: Shown,
  { words, categories, uploads, newKey }: HelpView,
  status = 200,
): Promise<APIGatewayProxyStructuredResultV2> => {
  const { brand } = words;
  const body = helpPage({
    locale,
    brand,
    languages: brand.languages.map((code) => ({ code, name: words.in(code).words['help.language-name'] })),
    categories: categories.map(({ id, names }) => ({ id, name: names[locale.code] ?? id })),
    script: formsScriptAddress,
    once: once ?? newKey(),
    files: { held: [], box: newKey(), ...files },
    ...shown,
  });
  return page(body, words, status, { script: true, frames: true, uploads: await originOf(uploads) });
};

/** Where the bucket takes files, for the content security policy of pages that post to it. */
export const originOf = async (uploads: Pick<Uploads, 'form'>): Promise<string> => {
  const { url } = await uploads.form({ key: UPLOADS, mostBytes: 1, seconds: 1 });
  return new URL(url).origin;
};
