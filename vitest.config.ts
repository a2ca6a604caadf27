import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/compile-desk.ts'],
    testTimeout: 30_000,
    hookTimeout: 90_000,
    // A worker loads what the files share once; no test replaces a module, and each undoes what it sets in its process.
    isolate: false,
    expect: { requireAssertions: true },
  },
});
