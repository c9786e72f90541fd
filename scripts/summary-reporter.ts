import type { Reporter, TestModule } from 'vitest/node';

/**
 * A vitest reporter that ends with one line, `123 passed, 0 failed`: for whoever counts.
 * Skipped tests count as neither; a file that could not be loaded counts as failed.
 */
export const summaryReporter = (print: (line: string) => void = console.log): Reporter => ({
  onTestRunEnd(modules, errors) {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    );
    const count = (state: string): number => states.filter((one) => one === state).length;
    const broken = modules.filter(couldNotRun).length + errors.length;
    print(`${count('passed')} passed, ${count('failed') + broken} failed`);
  },
});

/** An error outside its tests: in its imports, or in a hook. */
const couldNotRun = (module: TestModule): boolean => module.errors().length > 0;
