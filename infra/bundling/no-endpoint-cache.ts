/**
 * Stands in for `@aws-sdk/endpoint-cache`, which the client of DynamoDB makes at each start and reads where it looks for
 * endpoints of its own: 8 KB in every bundle, and no function of the desk has that switched on. One that had would end
 * here, by name.
 */
const unused = (): never => {
  throw Object.assign(new Error('The cache of discovered endpoints is not part of the bundles: see infra/bundling/.'), {
    name: 'EndpointCacheNotBundled',
  });
};

export class EndpointCache {
  get = unused;
  getEndpoint = unused;
}
