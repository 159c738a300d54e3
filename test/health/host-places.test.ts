import { expect, test } from "vitest";
import { hostPlaces } from "../../src/health/host-places.ts";
import { probeTargets } from "../../src/health/probe-target.ts";
import { checkOf, httpMonitor } from "./fixtures/monitors.ts";
import { shopOf } from "./fixtures/snapshot.ts";

test("hostPlaces has a few places for a host with few targets, and what the schedule needs for one with many", () => {
  const monitor = httpMonitor({ interval: 10_000, fastInterval: 10_000, timeout: 5000 });
  const ports = Array.from({ length: 1000 }, (_, i) => checkOf(1000 + i, { host: "many" }));
  const placesOf = hostPlaces(probeTargets(shopOf([monitor], [...ports, checkOf(80, { host: "few" })])));
  // All silent: 1,000 targets × 5 s of each 10 s are 500 at a time.
  expect([placesOf("few"), placesOf("many"), placesOf("unknown")]).toEqual([9, 633, 8]);
});
