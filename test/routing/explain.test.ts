import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatesFor } from "../../src/routing/candidates.ts";
import { explain, type ExplainedCandidates } from "../../src/routing/explain.ts";
import { outcomesOf } from "../../src/routing/outcomes.ts";
import { planFor } from "../../src/routing/plan.ts";
import { createStatuses } from "../../src/routing/statuses.ts";
import { client, health, snapshot } from "../support/arbitraries.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { ip, snapshotOf } from "../support/snapshot.ts";

describe("explain", () => {
  const built = snapshotOf({
    profiles: {
      shop: {
        method: "geographic",
        ttl: 30,
        endpoints: {
          europe: { nested: "europe", regions: ["GEO-EU"] },
          closed: { regions: ["DE"], enabled: false },
          brazil: { regions: ["BR"] },
          world: { host: "www.example.net", regions: ["WORLD"] },
        },
      },
      europe: {
        method: "weighted",
        endpoints: { berlin: { weight: 3 }, paris: { weight: 1 }, rome: { weight: 9 } },
      },
    },
  });
  const explanation = explain({
    snapshot: built,
    profile: built.profiles[0]!,
    question: "A",
    address: ip("192.0.2.77"),
    placedBy: "client",
    client: { address: ip("192.0.2.0"), location: locationOf("DE-BY", "city.mmdb") },
    scope: 24,
    dependsOnClient: false,
    health: { statusOf: (id) => (built.endpoints[id]!.name === "rome" ? "degraded" : "online") },
  });

  test("tells what is known of the client, and from where", () => {
    expect(explanation.client).toMatchObject({
      address: "192.0.2.77",
      country: "DE",
      subdivision: "DE-BY",
      source: "city.mmdb",
      regions: ["DE-BY", "DE", "GEO-EU", "WORLD"],
    });
  });

  test("lists candidates best first, with what put them there, and all others with the reason", () => {
    expect(explanation.candidates).toMatchObject({
      profile: "shop",
      method: "geographic",
      tiers: [
        [{ endpoint: "europe", basis: { kind: "region", region: "GEO-EU" }, status: "online", eligible: true }],
        [{ endpoint: "world", basis: { kind: "region", region: "WORLD" }, status: "online", nested: undefined }],
      ],
      others: [
        { endpoint: "closed", why: "disabled" },
        { endpoint: "brazil", why: "not for this client" },
      ],
    });
    expect(explanation.candidates.tiers[0]![0]!.nested).toMatchObject({
      profile: "europe",
      tiers: [
        [
          { endpoint: "berlin", basis: { kind: "weight", weight: 3 }, eligible: true },
          { endpoint: "paris", basis: { kind: "weight", weight: 1 }, eligible: true },
          { endpoint: "rome", basis: { kind: "weight", weight: 9 }, status: "degraded", eligible: false },
        ],
      ],
      others: [],
    });
  });

  test("gives the outcomes with their shares, the TTL of the asked profile, and the scope as a network", () => {
    expect(explanation).toMatchObject({ profile: "shop", method: "geographic", question: "A", ttl: 30 });
    expect(explanation.outcomes).toEqual([
      {
        probability: 0.75,
        path: ["shop/europe", "europe/berlin"],
        reason: "preferred",
        answer: { kind: "addresses", data: ["192.0.2.1"] },
      },
      {
        probability: 0.25,
        path: ["shop/europe", "europe/paris"],
        reason: "preferred",
        answer: { kind: "addresses", data: ["192.0.2.1"] },
      },
    ]);
    expect(explanation.scope).toBe("192.0.2.0/24");
  });

  test.for([
    ["A", { kind: "alias", data: ["www.example.net"] }],
    ["AAAA", { kind: "alias", data: ["www.example.net"] }],
  ] as const)("shows a host as the alias that %s gets", ([question, answer]) => {
    const asked = { address: ip("192.0.2.77"), location: locationOf("") };
    const online = { statusOf: () => "online" as const };
    const { outcomes } = explain({
      snapshot: built,
      profile: built.profiles[0]!,
      question,
      address: asked.address,
      placedBy: "client",
      client: asked,
      scope: 0,
      dependsOnClient: false,
      health: online,
    });
    expect(outcomes.map((outcome) => outcome.answer)).toEqual([answer]);
  });

  test("says of every configuration, client and health what the plan says, and leaves no endpoint out", () => {
    fc.assert(
      fc.property(
        snapshot,
        client,
        health,
        fc.constantFrom("A" as const, "AAAA" as const),
        (config, asker, view, question) => {
          const [profile] = config.profiles;
          const explained = explain({
            snapshot: config,
            profile: profile!,
            question,
            address: asker.address,
            placedBy: "client",
            client: asker,
            scope: 8,
            dependsOnClient: false,
            health: view,
          });
          const plan = planFor(config, candidatesFor(config, profile!, asker), question, createStatuses(config, view));
          const outcomes = outcomesOf(plan);
          expect(
            explained.outcomes.map(({ probability, reason, answer }) => [probability, reason, answer.kind]),
          ).toEqual(outcomes.map(({ probability, reason, answer }) => [probability, reason, answer.kind]));
          const visit = ({ profile: name, tiers, others }: ExplainedCandidates): void => {
            const { endpoints } = config.profiles.find((candidate) => candidate.name === name)!;
            const named = [...tiers.flat(), ...others].map(({ endpoint }) => endpoint);
            expect(named.toSorted()).toEqual(endpoints.map((endpoint) => endpoint.name).toSorted());
            for (const { nested } of tiers.flat()) if (nested) visit(nested);
          };
          visit(explained.candidates);
          expect(() => JSON.stringify(explained)).not.toThrow();
        },
      ),
    );
  });
});
