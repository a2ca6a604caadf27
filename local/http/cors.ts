import type { Answer } from './problem.ts';

/** `CorsConfiguration` of an API in the template. */
export interface Cors {
  AllowOrigins?: string[];
  AllowMethods?: string[];
  AllowHeaders?: string[];
  ExposeHeaders?: string[];
  AllowCredentials?: boolean;
  MaxAge?: number;
}

const allowedOrigin = (cors: Cors, origin: string): string | undefined => {
  const origins = cors.AllowOrigins ?? [];
  if (origins.includes('*')) return '*';
  const fits = origins.some((allowed) => allowed.toLowerCase() === origin.toLowerCase() || matches(allowed, origin));
  return fits ? origin : undefined;
};

/** `https://*` and `http://*` allow every origin of that scheme. */
const matches = (allowed: string, origin: string): boolean =>
  /^https?:\/\/\*$/.test(allowed) && origin.startsWith(allowed.slice(0, -1));

/** The CORS headers of an answer to a request with an `Origin`; empty when the origin is not allowed. */
export const corsHeaders = (cors: Cors | undefined, origin: string | undefined): Record<string, string> => {
  const allowed = cors && origin ? allowedOrigin(cors, origin) : undefined;
  if (!cors || !allowed) return {};
  return {
    'access-control-allow-origin': allowed,
    ...(allowed !== '*' && { vary: 'Origin' }),
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.ExposeHeaders?.length && { 'access-control-expose-headers': cors.ExposeHeaders.join(',') }),
  };
};

/** With CORS configured the API answers preflights itself, even where an OPTIONS route exists. */
export const preflight = (
  cors: Cors | undefined,
  method: string,
  headers: Record<string, string>,
): Answer | undefined => {
  const { origin } = headers;
  if (!cors || method !== 'OPTIONS' || !origin || headers['access-control-request-method'] === undefined)
    return undefined;
  const shared = corsHeaders(cors, origin);
  if (Object.keys(shared).length === 0) return { status: 204, headers: {}, body: '' };
  return {
    status: 204,
    headers: {
      ...shared,
      ...(cors.AllowMethods?.length && { 'access-control-allow-methods': cors.AllowMethods.join(',') }),
      ...(cors.AllowHeaders?.length && { 'access-control-allow-headers': cors.AllowHeaders.join(',') }),
      ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
    },
    body: '',
  };
};
