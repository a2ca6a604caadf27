/**
 * Stands in for `@smithy/core/event-streams` where the SDK would load it on demand: 15 KB in every bundle for operations
 * such as SelectObjectContent, which no function of the desk calls. One that did would end here, by name.
 */
throw Object.assign(new Error('No operation with an event stream is part of the bundles: see infra/bundling/.'), {
  name: 'EventStreamsNotBundled',
});

export {};
