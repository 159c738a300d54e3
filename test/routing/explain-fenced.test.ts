/** What `explain` tells of residency rules, and how it reads. */
import { describe, expect, test } from "vitest";
import { explanationText } from "../../src/cli/explanation-text.ts";
import { explain, type Explanation } from "../../src/routing/explain.ts";
import { probedView } from "../../src/routing/health-view.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { ip, snapshotOf } from "../support/snapshot.ts";

const eu = { jurisdiction: "EU", provider: "own" };
const us = { jurisdiction: "US", provider: "cloud" };

const built = snapshotOf({
  profiles: {
    shop: {
      whenAllDown: { action: "fallback", target: { kind: "host", host: "sorry.example.net" } },
      endpoints: {
        fra: { labels: eu },
        iad: { labels: us },
        off: { labels: us, enabled: false },
        reports: { nested: "reports" },
      },
    },
    reports: { endpoints: { any: {} } },
  },
  residency: {
    eu: { clients: ["EU"], require: { jurisdiction: ["EU", "CH"] } },
    own: { clients: ["DE"], forbid: { provider: ["cloud"] } },
  },
});

function explained(from: string): Explanation {
  const address = ip("192.0.2.77");
  return explain({
    snapshot: built,
    profile: built.profiles[0]!,
    question: "A",
    address,
    deciding: address,
    client: { address, location: locationOf(from), placedBy: "client" },
    scope: 24,
    dependsOnClient: true,
    health: probedView(() => "online"),
  });
}

const noEU = { label: "jurisdiction", against: "require", values: ["EU", "CH"] } as const;

describe("explain: residency", () => {
  test("names each removed endpoint with each rule and the labels that do not comply", () => {
    expect(explained("DE").candidates).toMatchObject({
      tiers: [[{ endpoint: "fra" }]],
      removed: [
        { endpoint: "iad", rule: "eu", violations: [{ ...noEU, value: "US" }] },
        {
          endpoint: "iad",
          rule: "own",
          violations: [{ label: "provider", value: "cloud", against: "forbid", values: ["cloud"] }],
        },
      ],
      fallbackRemoved: { rule: "eu", violations: [{ ...noEU, value: undefined }] },
    });
  });

  test("tells what rules have removed of all that an endpoint leads to, and why else one is no candidate", () => {
    const removed = [{ endpoint: "any", rule: "eu", violations: [{ ...noEU, value: undefined }] }];
    expect(explained("FR").candidates.others).toMatchObject([
      { endpoint: "off", why: "disabled", nested: undefined },
      { endpoint: "reports", why: "rules leave it nothing for this client", nested: { removed } },
    ]);
  });

  test("tells nothing to whom no rule covers", () => {
    const { tiers, removed, fallbackRemoved } = explained("US").candidates;
    expect([tiers.flat().map(({ endpoint }) => endpoint), removed, fallbackRemoved]).toEqual([
      ["fra", "iad", "reports"],
      [],
      undefined,
    ]);
  });

  test("reads as sentences", () => {
    const lines = explanationText({ name: "shop.example", matched: "shop.example", ...explained("DE") }).split("\n");
    expect(lines.filter((line) => line.includes("  -  "))).toEqual([
      "  -  iad: removed by rule eu: jurisdiction is US, not EU or CH",
      "  -  iad: removed by rule own: provider is cloud, which is forbidden",
      "  -  the fallback: removed by rule eu: has no label jurisdiction, wanted EU or CH",
      "  -  off: disabled",
      "  -  reports: rules leave it nothing for this client",
      "     -  any: removed by rule eu: has no label jurisdiction, wanted EU or CH",
    ]);
  });
});
