import { expect, test } from "vitest";
import { attemptMs } from "../../../src/health/probes/attempt.ts";

test.for([
  ["a share that leaves the last as much", 900, 2, 300],
  ["no more than a SYN that is sent twice needs", 10_000, 2, 2000],
  ["little among many", 900, 8, 100],
] as const)("attemptMs gives each address %s", ([, timeout, addresses, wanted]) => {
  expect(attemptMs(timeout, addresses)).toBe(wanted);
});
