import { createHash } from 'node:crypto';
import type { Brand } from '../contact/words.ts';
import { styleSheet } from './style.ts';

/**
 * Headers of every page: nothing is stored, nothing tells where the visitor came from, nothing runs, and forms go back to
 * us alone. The style sheet is allowed by its hash (CSP Level 3, 2.3.1), so nobody can add another.
 */
export const pageHeaders = (brand: Brand): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(styleSheet(brand)).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
});
