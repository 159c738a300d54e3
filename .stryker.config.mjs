/** Stryker, `npm run mutate`: what it changes, which tests must see that, and how many may stay unseen. */
export default {
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutate.config.ts" },
  mutate: ["src/routing/**/*.ts"],
  coverageAnalysis: "perTest",
  // Percent of the mutants that the tests notice.
  thresholds: { high: 98, low: 96, break: 96 },
  concurrency: 2,
  incremental: true,
  incrementalFile: ".stryker/incremental.json",
  tempDirName: ".stryker/sandboxes",
  reporters: ["clear-text", "progress-append-only", "html"],
  htmlReporter: { fileName: ".stryker/report.html" },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  ignorePatterns: ["dist", "geoip-data", ".fuzz", ".stryker"],
  // Names no file: Stryker rewrites a tsconfig with the compiler's API, which TypeScript 7 does not have.
  tsconfigFile: "",
};
