import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { checked } from './read-json.ts';

/** A query of the wanted shape. A parameter without a value, as a form sends what nobody filled in, is none. Throws 422. */
export const readQuery = <T>(
  { queryStringParameters = {} }: Pick<APIGatewayProxyEventV2, 'queryStringParameters'>,
  schema: z.ZodMiniType<T>,
): T => checked(Object.fromEntries(Object.entries(queryStringParameters).filter(([, value]) => value !== '')), schema);
