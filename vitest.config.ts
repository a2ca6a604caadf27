import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/compile-desk.ts', 'test/setup/own-temporary-folder.ts'],
    // Slow is not wrong: a journey of four seconds takes thirty where other work fills the machine.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A worker loads what the files share once; no test replaces a module, and each undoes what it sets in its process.
    isolate: false,
    // By itself it leaves one processor free, which on a machine of two is half of it.
    maxWorkers: '100%',
    expect: { requireAssertions: true },
  },
});
