import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Two at once: tests start real servers, and small machines have two cores.
    maxWorkers: 2,
    setupFiles: ["test/support/hold-transpiler.ts"],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
