import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

export const json = (body: object, statusCode = 200): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});
