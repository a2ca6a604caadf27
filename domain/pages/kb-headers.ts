import type { Brand } from '../contact/brand.ts';
import { pageHeaders } from './headers.ts';

/**
 * Who may keep and find a page. `public`: the same for everybody, kept for five minutes and found by search engines.
 * `results`: the same, and not found. `private`: made for one person, or told after they did something.
 */
export type Reach = 'public' | 'results' | 'private';

/** Headers of a page of the knowledge base: as every page, and pictures may stand in it, inside the page itself. */
export const knowledgeHeaders = (brand: Brand, reach: Reach): Record<string, string> => ({
  ...pageHeaders(brand, { pictures: true }),
  ...(reach !== 'private' && { 'cache-control': 'public, max-age=300', vary: 'accept-language' }),
  ...(reach === 'public' && { 'x-robots-tag': 'index, follow' }),
});
