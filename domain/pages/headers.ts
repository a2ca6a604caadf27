import { createHash } from 'node:crypto';
import type { Brand } from '../contact/brand.ts';
import { styleSheet } from './style.ts';

/** What a page may do beside standing there. */
export interface Allowance {
  /** Runs the desk's own script (forms-script.ts), which asks the desk alone. */
  script?: boolean;
  /** Host of the bucket that files are posted to. */
  uploads?: string;
  /** Shows the page that takes files, where no script does. */
  frames?: boolean;
  /** Is that page: shown within pages of the desk. */
  framed?: boolean;
  /** Has pictures that stand in the page itself. */
  pictures?: boolean;
}

/**
 * Headers of every page: nothing is stored, nothing tells where the visitor came from, nothing runs, and forms go back to
 * us alone, save for what the page is allowed. The style sheet is allowed by its hash (CSP Level 3, 2.3.1), so nobody can
 * add another.
 */
export const pageHeaders = (
  brand: Brand,
  { script = false, uploads, frames = false, framed = false, pictures = false }: Allowance = {},
): Record<string, string> => {
  const withUploads = uploads === undefined ? "'self'" : `'self' ${uploads}`;
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': [
      "default-src 'none'",
      `style-src 'sha256-${createHash('sha256').update(styleSheet(brand)).digest('base64')}'`,
      "font-src 'self'",
      ...(pictures ? ["img-src 'self' data:"] : brand.logo === undefined ? [] : ["img-src 'self'"]),
      ...(script ? ["script-src 'self'", `connect-src ${withUploads}`] : []),
      // The frame goes to the bucket with its file and comes back.
      ...(frames ? [`frame-src ${withUploads}`] : []),
      `form-action ${framed ? withUploads : "'self'"}`,
      "base-uri 'none'",
      `frame-ancestors ${framed ? "'self'" : "'none'"}`,
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'x-content-type-options': 'nosniff',
  };
};
