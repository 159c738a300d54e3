import { defineConfig } from "vitest/config";

/** `npm run test:e2e`: a server with two hundred endpoints that misbehave, which wants the machine for itself. */
export default defineConfig({
  test: {
    include: ["test/e2e/**/*.e2e.ts"],
    setupFiles: ["test/support/hold-transpiler.ts"],
    // A verdict that a busy machine was late for is another one at the next probe.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
