import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import common from '#desk/words/common.json' with { type: 'json' };
import kbWords from '#desk/words/kb.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { articleUsageIn } from '../../adapters/dynamo/article-usage.ts';
import { deskTable } from '../../adapters/dynamo/table.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { articlePath } from '../../domain/knowledge/article.ts';
import type { ArticleUsage } from '../../domain/knowledge/usage.ts';
import { helpedPage } from '../../domain/pages/kb-end.ts';
import type { KnowledgeFrame } from '../../domain/pages/kb-frame.ts';
import type { Clock } from '../../domain/ports.ts';
import { readEnv } from '../_shared/env.ts';
import { pageHandler } from '../_shared/http/page-handler.ts';
import { readForm } from '../_shared/http/read-form.ts';
import { deskLibrary, frameOf, knowledgePage, type Library, slugIn } from '../_shared/knowledge/library.ts';
import { notFound, Problem } from '../_shared/problem.ts';
import { pageWords } from '../_shared/words/page-words.ts';
import type { Words } from '../_shared/words/words.ts';
import { env } from './env.ts';

interface Deps {
  library: Library;
  usage: Pick<ArticleUsage, 'count'>;
  clock: Clock;
  words: Words<KnowledgeFrame['locale']>;
}

/** A reader says whether an article helped. One counter goes up: nothing of the reader is kept. */
export const build =
  ({ library, usage, clock, words }: Deps) =>
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const slug = slugIn(event);
    const frame = frameOf(event, words, (code) => articlePath(slug, code));
    const article = library.article(slug, frame.locale.code);
    if (!article) throw notFound();
    const { helped } = readForm(event);
    if (helped !== 'yes' && helped !== 'no')
      throw new Problem(422, 'Say whether it helped.', { errors: [{ path: 'helped', message: 'This is yes or no.' }] });
    const said = helped === 'yes' ? 'helpful' : 'unhelpful';
    await usage.count(said, { slug, locale: article.locale }, clock.now());
    return knowledgePage(helpedPage({ ...frame, slug, helped: helped === 'yes' }), words, 'private');
  };

const words = pageWords(kbWords, common, time);

export const handler = pageHandler(words, () => {
  return build({
    library: deskLibrary(words),
    usage: articleUsageIn(deskTable(readEnv(env).TABLE_NAME)),
    clock: systemClock,
    words,
  });
});
