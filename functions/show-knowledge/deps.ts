import type { LinkKeys } from '../../adapters/secrets/link-keys.ts';
import type { ArticleUsage } from '../../domain/knowledge/usage.ts';
import type { ArticlePage } from '../../domain/pages/kb-article.ts';
import type { Clock, Tickets } from '../../domain/ports.ts';
import type { Knowledge } from '../_shared/knowledge/knowledge.ts';
import type { Library } from '../_shared/knowledge/library.ts';
import type { Words } from '../_shared/words/words.ts';

export interface Deps {
  library: Library;
  knowledge: Knowledge;
  usage: ArticleUsage;
  tickets: Pick<Tickets, 'ticket'>;
  keys: () => Promise<LinkKeys>;
  clock: Clock;
  words: Words<ArticlePage['locale']>;
}
