import { parseArgs } from 'node:util';
import index from '#desk/knowledge/index.json' with { type: 'json' };
import policy from '#desk/policy.json' with { type: 'json' };
import { openIndex, searchArticles } from '../domain/knowledge/search.ts';

// What a question scores, to choose `knowledge.offer-from-score` of policy.yaml; after `node desk/compile.ts`:
//   node desk/score.ts en "My card was refused" "It says declined when I pay."
const { positionals } = parseArgs({ allowPositionals: true });
const [locale = '', ...message] = positionals;
const json = Object.hasOwn(index, locale) ? index[locale] : undefined;
if (json === undefined || message.length === 0) {
  process.stderr.write(`Say a language (${Object.keys(index).join(', ')}) and the words of a message.\n`);
  process.exit(1);
}
const found = searchArticles(openIndex(json, locale), message.join('\n'), { locale, limit: 8, manner: 'text' });
for (const { slug, score } of found)
  process.stdout.write(
    `${score.toFixed(2).padStart(7)}  ${slug}${score >= policy.knowledge.offerFromScore ? '  would be offered' : ''}\n`,
  );
if (found.length === 0) process.stdout.write('No article has any of these words.\n');
