/** Load, returns, and addresses that are down by themselves, by hand: the model and explain hold to it. */
import { describe, expect, test } from "vitest";
import { answered, askedOf, configured, FR, textOf, type Row } from "./asked.ts";
import { explainer, loaded } from "./engine.ts";

function holds([, profiles, asked, answer]: Row): void {
  const configuration = configured(profiles);
  expect(answered(configuration, asked)).toBe(answer);
  expect(textOf(explainer(loaded(configuration))(askedOf(configuration, asked)))).toBe(answer);
}

const three = (more: string): string => `
  p: { monitor: m, ${more} endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 }, c: { address: 192.0.2.3 } } }`;
const priority = three("method: priority,");
const weighted = three("method: weighted,");
const critical = { "p/a": { load: 0 }, "p/b": { load: 0 }, "p/c": { load: 0 } };

describe("load", () => {
  test.for<Row>([
    ["the rest goes to the next", priority, { known: { "p/a": { load: 0.75 } } }, "0.75 192.0.2.1 | 0.25 192.0.2.2"],
    [
      "tier after tier",
      priority,
      { known: { "p/a": { load: 0 }, "p/b": { load: 0.5 } } },
      "0.5 192.0.2.2 | 0.5 192.0.2.3",
    ],
    [
      "times a drain and a return",
      priority,
      { known: { "p/a": { load: 0.5, ramp: 0.5 } }, ruled: { "p/a": 0.5 } },
      "0.875 192.0.2.2 | 0.125 192.0.2.1",
    ],
    [
      "of one that is forced up",
      priority,
      { known: { "p/a": { load: 0.5, ramp: 0.25 } }, ruled: { "p/a": "up" } },
      "0.5 192.0.2.1 | 0.5 192.0.2.2",
    ],
    ["nobody goes away empty", priority, { known: { "p/a": { load: 0.5 } }, down: ["p/b", "p/c"] }, "192.0.2.1"],
    ["critical: the next takes all", priority, { known: { "p/a": { load: 0 } } }, "192.0.2.2"],
    ["critical, and the others down", priority, { known: { "p/a": { load: 0 } }, down: ["p/b", "p/c"] }, "192.0.2.1"],
    ["all critical: as without load", priority, { known: critical }, "192.0.2.1"],
    [
      "all critical and one drained",
      priority,
      { known: critical, ruled: { "p/a": 0.5 } },
      "0.5 192.0.2.1 | 0.5 192.0.2.2",
    ],
    [
      "critical is not down: no fallback",
      three("method: priority, whenAllDown: servfail,"),
      { known: critical },
      "192.0.2.1",
    ],
    [
      "a tier gives to those with the most left",
      weighted,
      { known: { "p/a": { load: 0.25 }, "p/b": { load: 0.5 } } },
      "0.75 192.0.2.3 | 0.1667 192.0.2.2 | 0.0833 192.0.2.1",
    ],
    ["critical in a tier", weighted, { known: { "p/a": { load: 0 } } }, "0.5 192.0.2.2 | 0.5 192.0.2.3"],
    ["all critical in a tier", weighted, { known: critical }, "0.3333 192.0.2.1 | 0.3333 192.0.2.2 | 0.3333 192.0.2.3"],
    [
      "together: an answer without it",
      three("method: multivalue, maxAnswers: 3,"),
      { known: { "p/a": { load: 0.25 }, "p/b": { load: 0 } } },
      "0.75 192.0.2.3 | 0.25 192.0.2.1 192.0.2.3",
    ],
  ])("%s", holds);

  const spare = `
  p: { method: priority, monitor: m, families: any, endpoints: { a: { address: 192.0.2.1 }, b: { address: [192.0.2.2, "2001:db8::2"] }, c: { address: "2001:db8::3" } } }`;
  const trickle = `
  p: { method: priority, monitor: m, endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2, trickle: 10% } } }`;
  test.for<Row>([
    ["critical stands in for nobody", spare, { type: "AAAA", known: { "p/b": { load: 0 } } }, "2001:db8::3"],
    ["loaded stands in", spare, { type: "AAAA", known: { "p/b": { load: 0.25 } } }, "2001:db8::2"],
    ["a trickle is as much less", trickle, { known: { "p/b": { load: 0.5 } } }, "0.95 192.0.2.1 | 0.05 192.0.2.2"],
    ["no trickle of one that is critical", trickle, { known: { "p/b": { load: 0 } } }, "192.0.2.1"],
  ])("%s", holds);
});

describe("load of nested profiles", () => {
  const nested = (q: string, p = "method: priority,"): string => `
  p: { ${p} endpoints: { n: { profile: q, regions: [FR] }, z: { address: 192.0.2.9, regions: [WORLD] } } }
  q: { monitor: m, ${q} endpoints: { a: { address: 192.0.2.1, regions: [FR] }, b: { address: 192.0.2.2, regions: [GEO-EU] } } }`;
  const flat = (text: string): string => text.replaceAll(/, regions: \[[A-Z-]+\]/g, "");
  const both = { "q/a": { load: 0.5 }, "q/b": { load: 0.5 } };
  const regional = `method: geographic,`;
  test.for<Row>([
    [
      "what its members cannot take goes on",
      flat(nested("method: priority,")),
      { known: both },
      "0.5 192.0.2.1 | 0.25 192.0.2.2 | 0.25 192.0.2.9",
    ],
    [
      "its own load counts too",
      flat(nested("method: priority,")),
      { known: { "p/n": { load: 0.5 } } },
      "0.5 192.0.2.1 | 0.5 192.0.2.9",
    ],
    [
      "all of it critical",
      flat(nested("method: priority,")),
      { known: { "q/a": { load: 0 }, "q/b": { load: 0 } } },
      "192.0.2.9",
    ],
    [
      "all of all critical",
      flat(nested("method: priority,")),
      { known: { "q/a": { load: 0 }, "q/b": { load: 0 }, "p/z": { load: 0 } } },
      "192.0.2.1",
    ],
    [
      "minHealthy does not ask for load",
      flat(nested("method: priority,")).replace("profile: q", "profile: q, minHealthy: 2"),
      { known: { "q/a": { load: 0 }, "q/b": { load: 0.5 } } },
      "0.5 192.0.2.2 | 0.5 192.0.2.9",
    ],
    ["a region keeps its clients", nested(regional), { client: FR, known: { "q/a": { load: 0.25 } } }, "192.0.2.1"],
    ["a region in whole keeps them", nested(regional), { client: FR, known: { "q/a": { load: 0 } } }, "192.0.2.1"],
    [
      "a drain moves them",
      nested(regional),
      { client: FR, known: both, ruled: { "q/a": 0.25 } },
      "0.75 192.0.2.2 | 0.25 192.0.2.1",
    ],
    [
      "a region spreads over its own tiers",
      nested("method: priority,", regional).replaceAll(/(192.0.2.[12]), regions: \[[A-Z-]+\]/g, "$1"),
      { client: FR, known: { "q/a": { load: 0.5 }, "q/b": { load: 0.5 } } },
      "0.6667 192.0.2.1 | 0.3333 192.0.2.2",
    ],
    [
      "a region of which all are critical",
      nested("method: priority,", regional).replaceAll(/(192.0.2.[12]), regions: \[[A-Z-]+\]/g, "$1"),
      { client: FR, known: { "q/a": { load: 0 }, "q/b": { load: 0 } } },
      "192.0.2.1",
    ],
  ])("%s", holds);
});

describe("addresses that are down by themselves", () => {
  const profile = (more: string): string => `
  p: { method: weighted, monitor: m, ${more} endpoints: { a: { address: [192.0.2.1, 192.0.2.11, "2001:db8::1"] }, b: { address: "2001:db8::2" } } }`;
  const nested = (least: string): string => `
  p: { method: priority, monitor: m, endpoints: { n: { profile: q, ${least} }, z: { address: [192.0.2.9, "2001:db8::9"] } } }
  q: { method: priority, monitor: m, endpoints: { a: { address: [192.0.2.1, "2001:db8::1"] } } }`;
  test.for<Row>([
    ["one leaves the answer", profile(""), { known: { "p/a": { without: 1 } } }, "192.0.2.11"],
    [
      "none of a family: others of the tier",
      profile(""),
      { type: "AAAA", known: { "p/a": { without: 4 } } },
      "2001:db8::2",
    ],
    ["none of a family: nobody", profile(""), { known: { "p/a": { without: 3 } } }, "NODATA"],
    [
      "strict",
      profile("families: strict,"),
      { type: "AAAA", known: { "p/a": { without: 4 } } },
      "0.5 2001:db8::2 | 0.5 NODATA",
    ],
    ["never all of them", profile(""), { known: { "p/a": { without: 7 } } }, "192.0.2.1 192.0.2.11"],
    [
      "down and served: all",
      profile(""),
      { down: ["p/a", "p/b"], known: { "p/a": { without: 1 } } },
      "192.0.2.1 192.0.2.11",
    ],
    [
      "forced up: all",
      profile(""),
      { ruled: { "p/a": "up" }, known: { "p/a": { without: 1 } } },
      "192.0.2.1 192.0.2.11",
    ],
    [
      "minHealthyIPv6 counts what is up",
      nested("minHealthyIPv6: 1"),
      { known: { "q/a": { without: 2 } } },
      "192.0.2.9",
    ],
    ["minHealthyIPv4 is another", nested("minHealthyIPv4: 1"), { known: { "q/a": { without: 2 } } }, "192.0.2.1"],
  ])("%s", holds);
});
