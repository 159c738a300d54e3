import { expect, test } from "vitest";
import { createRefusals } from "../../../src/admin/access/refusals.ts";
import { memoryLogger } from "../../support/api-server.ts";

const ACTOR = { name: "reader", from: "192.0.2.1" };

function refusalsAt() {
  const kept: string[] = [];
  const logger = memoryLogger();
  const time = { now: 0 };
  const control = { refused: (_: unknown, what: string, why: string) => void kept.push(`${what}: ${why}`) };
  return { kept, lines: logger.lines, time, refusals: createRefusals({ control, logger, clock: () => time.now }) };
}

test("tell: the audit and one line of the log say who, from where, what and why", () => {
  const { kept, lines, refusals } = refusalsAt();
  refusals.tell(ACTOR, "POST /reload", "its role is read");
  expect(kept).toEqual(["POST /reload: its role is read"]);
  expect(lines).toEqual([
    {
      who: "reader",
      from: "192.0.2.1",
      what: "POST /reload",
      why: "its role is read",
      untold: 0,
      message: "a change over the API was refused",
    },
  ]);
});

test("tell: in masses they are counted, and the next line says how many there were", () => {
  const { kept, lines, time, refusals } = refusalsAt();
  for (let refused = 0; refused < 1000; refused++) refusals.tell(ACTOR, "POST /reload", "no");
  expect(kept).toHaveLength(60);
  expect(lines).toHaveLength(60);
  time.now += 1000;
  refusals.tell(ACTOR, "POST /reload", "no");
  expect(kept.at(-1)).toBe("POST /reload: no; 940 before it were not kept");
  expect(lines.at(-1)).toMatchObject({ untold: 940 });
});
