import { describe, expect, test } from "vitest";
import { outlineOf, profileOutlines } from "../../../src/routing/outline.ts";
import { leftByRule } from "../../../src/routing/residency/left-by-rule.ts";
import { snapshotOf, type EndpointSpec, type ProfileSpec } from "../../support/snapshot.ts";

const eu = { labels: { jurisdiction: "EU" } };
const us = { labels: { jurisdiction: "US" } };
const one = (endpoint: EndpointSpec): ProfileSpec => ({ endpoints: { one: endpoint } });

describe("leftByRule", () => {
  test.for<[what: string, endpoints: Record<string, EndpointSpec>, left: readonly string[]]>([
    ["what complies", { a: eu, b: us, c: eu }, ["a", "c"]],
    ["nothing where nothing does", { a: us }, []],
    ["no endpoint that is disabled", { a: { ...eu, enabled: false }, b: us }, []],
    ["a nested profile of which it leaves something", { a: us, b: { nested: "in-eu" } }, ["b"]],
    ["none of which it leaves nothing", { a: eu, b: { nested: "in-us" } }, ["a"]],
    ["none of which it leaves nothing at any depth", { a: eu, b: { nested: "around-us" } }, ["a"]],
    ["none that is out of service", { a: us, b: { nested: "off" } }, []],
    ["only nested ones, of profiles without an own fence", { a: { nested: "in-eu" }, b: { nested: "in-us" } }, ["a"]],
  ])("leaves %s", ([, endpoints, left]) => {
    const snapshot = snapshotOf({
      profiles: {
        asked: { endpoints },
        "in-eu": one(eu),
        "in-us": one(us),
        "around-us": one({ nested: "in-us" }),
        off: { ...one(eu), enabled: false },
      },
      residency: { eu: { require: { jurisdiction: ["EU"] } } },
    });
    for (const outline of [snapshot, outlineOf(profileOutlines(snapshot))]) {
      // Twice: what is known of nested profiles is kept.
      for (const _ of [1, 2]) {
        expect(leftByRule(outline, outline.profiles[0]!, "eu").map(({ name }) => name)).toEqual(left);
      }
    }
  });

  test("leaves nothing of a profile that is disabled", () => {
    const outline = snapshotOf({
      profiles: { asked: { enabled: false, endpoints: { a: eu, b: us } } },
      residency: { eu: { require: { jurisdiction: ["EU"] } } },
    });
    expect(leftByRule(outline, outline.profiles[0]!, "eu")).toEqual([]);
  });
});
