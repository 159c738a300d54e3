import { defineConfig } from "vitest/config";

/** `npm run test:interop`: real resolvers and clients, which `npm test` does not want installed. */
export default defineConfig({
  test: {
    include: ["test/interop/**/*.interop.ts"],
    // Most of them wait for other programs.
    maxWorkers: 3,
    // On a busy machine a resolver may lose a datagram and say so once; what is wrong stays wrong.
    retry: 1,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
