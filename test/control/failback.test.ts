import { expect, test } from "vitest";
import { failBack, type FailbackParts } from "../../src/control/failback.ts";
import { err, ok } from "../../src/shared/result.ts";
import { httpMonitor } from "../health/fixtures/monitors.ts";

/** What each target says when it is to come back; undefined = it is not probed any more. */
type Said = Readonly<Record<string, string | undefined>>;

function partsOf(said: Said, sharing: FailbackParts["sharing"] = () => []): FailbackParts {
  return {
    endpoint: "shop/munich",
    targets: Object.keys(said).map((key) => ({ key, label: `http://${key}`, monitor: httpMonitor() })),
    release(key) {
      const reason = said[key];
      return reason === undefined ? undefined : reason === "" ? ok("back") : err(reason);
    },
    sharing,
  };
}

test("failBack: has come back what can, and tells who has come back with it", () => {
  const names = (key: string) => Array.from({ length: 30 }, (_, i) => `${key}/e${i}` as const);
  expect(failBack(partsOf({ a: "", b: "its latest probe failed" }, names))).toEqual(
    ok([
      {
        monitor: "web",
        target: "http://a",
        back: true,
        reason: undefined,
        shared: names("a").slice(0, 20),
        sharedCount: 30,
      },
      {
        monitor: "web",
        target: "http://b",
        back: false,
        reason: "its latest probe failed",
        shared: [],
        sharedCount: 0,
      },
    ]),
  );
});

test.for<[said: Said, message: string]>([
  [{ a: "it is online" }, "http://a: it is online"],
  [{ a: undefined }, "http://a: it is not probed any more"],
  [
    { a: "it is online", b: "its latest probe failed", c: "it is checking", d: "it is online" },
    "http://a: it is online; http://b: its latest probe failed; http://c: it is checking …",
  ],
])("failBack: is refused where nothing has recovered: %j", ([said, message]) => {
  expect(failBack(partsOf(said))).toEqual(
    err({ code: "not-recovered", message: `shop/munich has nothing that could come back: ${message}` }),
  );
});
