import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { HELP_FIELD_NAMES, type HelpValues } from '../../domain/contact/help-form.ts';
import { seenBrowser } from '../../domain/contact/user-agent.ts';
import { formsScriptAddress } from '../../domain/pages/forms-script.ts';
import type { HelpPage } from '../../domain/pages/help-page.ts';
import { helpPage } from '../../domain/pages/help-page.ts';
import type { Category, Policy } from '../../domain/policy.ts';
import { page } from './http/page-handler.ts';
import type { Words } from './words/words.ts';

/** What the contact form is shown with. */
export interface HelpView {
  words: Words<HelpPage['locale']>;
  policy: Policy;
  categories: readonly Category[];
  /** Host of the bucket that files are posted to. */
  uploadHost: string;
  newKey: () => string;
}

/** The fields of an empty form: what the policy takes for usual, and what the browser tells of itself. */
export const emptyValues = ({ headers }: APIGatewayProxyEventV2, { triage }: Policy): HelpPage['values'] => ({
  impact: triage.defaultImpact,
  urgency: triage.defaultUrgency,
  ...seenBrowser(headers['user-agent'] ?? ''),
});

/** What stands in the fields, as it was typed: to show it again. Unknown fields are left alone. */
export const valuesOf = (form: Record<string, string>): HelpValues =>
  Object.fromEntries([...HELP_FIELD_NAMES, 'zone' as const].map((name) => [name, form[name] ?? '']));

export type Shown = Pick<HelpPage, 'values'> &
  Partial<Pick<HelpPage, 'errors' | 'once' | 'answers' | 'sentBefore'>> & { files?: Partial<HelpPage['files']> };

/** The contact form as a page; keys that it does not have yet are made. */
export const helpAnswer = (
  locale: HelpPage['locale'],
  { once, files, ...shown }: Shown,
  { words, categories, uploadHost, newKey }: HelpView,
  status = 200,
): APIGatewayProxyStructuredResultV2 => {
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
  return page(body, words, status, { script: true, frames: true, uploads: uploadHost });
};
