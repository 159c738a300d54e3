import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** They take the longest, and most mutants are noticed without them. */
const LAST = /(plan-properties|scope|geography)\.test\.ts$/;

/** `npm run mutate`: the tests beside `src/routing/`, the same ones in each run. */
export default defineConfig({
  test: {
    include: ["test/routing/**/*.test.ts"],
    setupFiles: ["test/support/fixed-seed.ts"],
    // One process for all files of a mutant's run: starting one takes longer than most tests.
    isolate: false,
    sequence: {
      sequencer: class extends BaseSequencer {
        override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
          return files.toSorted((a, b) => Number(LAST.test(a.moduleId)) - Number(LAST.test(b.moduleId)));
        }
      },
    },
    // Mutants are slow, and which of them never ends is for Stryker to tell.
    testTimeout: 300_000,
  },
});
