import type { Reporter, TestModule } from 'vitest/node';

/** Ends the run with the one line that machines read: `N passed, N failed`. What could not be loaded has failed. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        // A test that is left out proves nothing.
        else failed++;
      }
    }
    console.log(`${passed} passed, ${failed} failed`);
  }
}
