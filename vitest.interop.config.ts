import { defineConfig } from "vitest/config";

/** `npm run test:interop`: real resolvers and clients, which `npm test` does not want installed. */
export default defineConfig({
  test: {
    include: ["test/interop/**/*.interop.ts"],
    // Most of them wait for other programs.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
