import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globals: true, // @typescript-eslint/rule-tester registers its cases with `afterAll`, `describe` and `it`
    reporters: ['default', './tests/count-reporter.ts'],
    testTimeout: 60_000,
  },
});
