import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Serves a file of the console page; false if there is none of that name. The folder itself is its index.html. */
export const serveConsole = async (folder: string, path: string, response: ServerResponse): Promise<boolean> => {
  const name = normalize(`/${path}`).slice(1) || 'index.html';
  const type = TYPES[extname(name)];
  if (type === undefined) return false;
  let bytes: Buffer;
  try {
    bytes = await readFile(join(folder, name));
  } catch {
    return false;
  }
  response.writeHead(200, {
    'content-type': type,
    'content-length': bytes.length,
    'cache-control': 'no-cache',
    'content-security-policy': "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
  return true;
};
