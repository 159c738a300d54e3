import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { collectGarbage } from "../../../src/server/threads/collect-garbage.ts";

test("collectGarbage leaves nothing that is out of use", async () => {
  const unused = new WeakRef(new Float64Array(100_000));
  // What a WeakRef has shown is kept to the end of the turn.
  await delay(0);
  collectGarbage();
  expect(unused.deref()).toBeUndefined();
});
