import { expect, test } from "vitest";
import { createEndpointFold, type Change } from "../../src/health/endpoint-fold.ts";
import { tellEndpoints } from "../../src/health/tell-endpoints.ts";
import type { ProbedStatus } from "../../src/routing/health-view.ts";
import type { LogFields, Logger } from "../../src/shared/ports.ts";
import { each, planOf, probe, stateOf, targetAt, whole } from "./fixtures/endpoints.ts";

function recorder() {
  const lines: LogFields[] = [];
  const at = (level: string) => (fields: LogFields, message: string) => void lines.push({ level, message, ...fields });
  const logger: Logger = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  const tell = (changes: readonly Change[]): readonly LogFields[] => {
    lines.length = 0;
    tellEndpoints(changes, logger);
    return [...lines];
  };
  return tell;
}

const [up, down] = ["online", "degraded"] as const;

test("tellEndpoints: a status, with the reason and the target of one that is down", () => {
  const fold = createEndpointFold(planOf([targetAt("a")], { fra: whole(probe(0)), par: whole(probe(0)) }), {
    stateOf: () => stateOf("checking"),
    before: undefined,
    loadOf: () => 1,
    now: 0,
  });
  const tell = recorder();
  const seen = (status: ProbedStatus) => tell(fold.take("a", stateOf(status), 0));
  const line = { message: "endpoint status changed", profile: "shop", target: "http://a:80" };
  const lines = (fields: LogFields) => ["fra", "par"].map((endpoint) => ({ ...line, endpoint, ...fields }));
  expect(seen(up)).toEqual(lines({ level: "debug", from: "checking", to: up, reason: undefined }));
  expect(seen(up)).toEqual([]);
  expect(seen(down)).toEqual(lines({ level: "warn", from: up, to: down, reason: "refused" }));
  expect(seen(up)).toEqual(lines({ level: "info", from: down, to: up, reason: undefined }));
});

test("tellEndpoints: an address that leaves the answer and comes back, while the endpoint is up", () => {
  const fold = createEndpointFold(planOf([targetAt("a"), targetAt("b")], { fra: each(probe(0), probe(1)) }), {
    stateOf: () => stateOf(up),
    before: undefined,
    loadOf: () => 1,
    now: 0,
  });
  const tell = recorder();
  const seen = (host: string, status: ProbedStatus) =>
    tell(fold.take(host, stateOf(status), 0)).map(({ level, message, address, reason }) => [
      level,
      message,
      address,
      reason,
    ]);
  const leaves = "an address of the endpoint is down and leaves the answer";
  const isBack = "an address of the endpoint is in the answer again";
  expect(seen("b", down)).toEqual([["warn", leaves, "b", "refused"]]);
  expect(seen("b", up)).toEqual([["info", isBack, "b", undefined]]);
  seen("b", down);
  // Both are down: the endpoint is, and its addresses are no news.
  expect(seen("a", down)).toEqual([["warn", "endpoint status changed", undefined, "a: refused; b: refused"]]);
  expect(seen("b", up)).toEqual([
    ["info", "endpoint status changed", undefined, undefined],
    ["warn", leaves, "a", "refused"],
  ]);
});

test("tellEndpoints: what is new in a generation is told as if it had been unknown", () => {
  const fold = createEndpointFold(planOf([targetAt("a")], { fra: whole(probe(0)) }), {
    stateOf: () => stateOf(down),
    before: undefined,
    loadOf: () => 1,
    now: 0,
  });
  expect(recorder()(fold.all().map((to) => ({ from: undefined, to })))).toMatchObject([
    { level: "warn", from: "checking", to: down, reason: "refused" },
  ]);
});
