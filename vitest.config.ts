import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/compile-desk.ts'],
    testTimeout: 30_000,
    hookTimeout: 90_000,
    expect: { requireAssertions: true },
  },
});
