import { probedView } from "../../src/routing/health-view.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatesFor } from "../../src/routing/candidates.ts";
import { explain, type ExplainedCandidate, type ExplainedCandidates } from "../../src/routing/explain.ts";
import type { Basis } from "../../src/routing/methods/method.ts";
import { outcomesOf } from "../../src/routing/outcomes.ts";
import { type Question } from "../../src/routing/fork.ts";
import { planFor } from "../../src/routing/plan.ts";
import { createStatuses } from "../../src/routing/statuses.ts";
import { client, health, snapshot } from "../support/arbitraries.ts";
import { locationOf } from "../support/leaf-tables.ts";
import { v4, v6 } from "../support/planned.ts";
import { ip, snapshotOf, type ProfileSpec } from "../support/snapshot.ts";

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
  const explainShop = () =>
    explain({
      snapshot: built,
      profile: built.profiles[0]!,
      question: "A",
      address: ip("192.0.2.77"),
      deciding: ip("192.0.2.77"),
      client: { address: ip("192.0.2.0"), location: locationOf("DE-BY", "city.mmdb"), placedBy: "client" },
      scope: 24,
      dependsOnClient: false,
      health: probedView((id) => (built.endpoints[id]!.name === "rome" ? "degraded" : "online")),
    });

  test("tells what is known of the client, and from where", () => {
    expect(explainShop().client).toMatchObject({
      address: "192.0.2.77",
      placedBy: "client",
      country: "DE",
      subdivisions: ["DE-BY"],
      source: "city.mmdb",
      regions: ["DE-BY", "DE", "EU", "EEA", "GEO-EU", "WORLD"],
    });
  });

  test("lists candidates best first, with what put them there, and all others with the reason", () => {
    const { candidates } = explainShop();
    expect(candidates).toMatchObject({
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
    expect(candidates.tiers[0]![0]!.nested).toMatchObject({
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
    const explanation = explainShop();
    expect(explanation).toMatchObject({
      profile: "shop",
      method: "geographic",
      status: "online",
      question: "A",
      ttl: 30,
    });
    expect(explanation.outcomes).toEqual([
      {
        probability: 0.75,
        path: ["shop/europe", "europe/berlin"],
        beside: [],
        reason: "preferred",
        answer: { kind: "addresses", data: ["192.0.2.1"] },
      },
      {
        probability: 0.25,
        path: ["shop/europe", "europe/paris"],
        beside: [],
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
    const asked = { address: ip("192.0.2.77"), location: locationOf(""), placedBy: "client" } as const;
    const online = probedView(() => "online");
    const { outcomes } = explain({
      snapshot: built,
      profile: built.profiles[0]!,
      question,
      address: asked.address,
      deciding: asked.address,
      client: asked,
      scope: 0,
      dependsOnClient: false,
      health: online,
    });
    expect(outcomes.map((outcome) => outcome.answer)).toEqual([answer]);
  });

  /** For a client of unknown place, while probes find nothing wrong. */
  const explainOnline = (profiles: Readonly<Record<string, ProfileSpec>>, question: Question): ExplainedCandidates => {
    const config = snapshotOf({ profiles });
    const address = ip("192.0.2.77");
    const client = { address, location: locationOf(""), placedBy: "resolver" } as const;
    const health = probedView(() => "online");
    const [profile] = config.profiles;
    const rest = { dependsOnClient: true, deciding: address, scope: 0 } as const;
    return explain({ snapshot: config, profile: profile!, question, address, client, health, ...rest }).candidates;
  };

  test.for<[Question, readonly string[]]>([
    ["A", ["v4", "host", "in4", "deep"]],
    ["AAAA", ["v6", "host", "deep"]],
    ["CNAME", ["host"]],
  ])("says which candidates have an answer to %s, themselves or beneath", ([question, expected]) => {
    const profiles: Readonly<Record<string, ProfileSpec>> = {
      shop: {
        endpoints: {
          v4,
          v6,
          host: { host: "www.example.net" },
          in4: { nested: "in4" },
          deep: { nested: "deep" },
        },
      },
      in4: { endpoints: { inner: v4 } },
      deep: { endpoints: { one: { nested: "in4" }, two: v6 } },
    };
    const { tiers } = explainOnline(profiles, question);
    const answering = tiers.flat().filter(({ answers }) => answers);
    expect(answering.map(({ endpoint }) => endpoint)).toEqual(expected);
  });

  test("explains a profile where it stands first, however many it is nested in", () => {
    const profiles: Readonly<Record<string, ProfileSpec>> = {
      shop: { endpoints: { a: { nested: "mid" }, b: { nested: "deep" }, c: { nested: "mid" } } },
      mid: { endpoints: { d: { nested: "deep" } } },
      deep: { endpoints: { e: {} } },
    };
    const [a, b, c] = explainOnline(profiles, "A").tiers.flat();
    expect(a!.nested!.tiers[0]![0]!.nested).toMatchObject({ profile: "deep", tiers: [[{ endpoint: "e" }]] });
    expect([b!.nested, c!.nested]).toEqual([undefined, undefined]);
  });

  test("tells endpoints that are out of service from those that are not for the client", () => {
    const profiles: Readonly<Record<string, ProfileSpec>> = {
      shop: {
        method: "geographic",
        endpoints: {
          off: { regions: ["WORLD"], enabled: false },
          stopped: { regions: ["GEO-EU"], nested: "closed" },
          brazil: { regions: ["BR"] },
        },
      },
      closed: { enabled: false, endpoints: { x: {} } },
    };
    const others = (all: Readonly<Record<string, ProfileSpec>>) => explainOnline(all, "A").others;
    expect(others(profiles)).toEqual([
      { endpoint: "off", why: "disabled" },
      { endpoint: "stopped", why: "stopped" },
      { endpoint: "brazil", why: "not for this client" },
    ]);
    const inactive = { shop: { ...profiles["shop"]!, enabled: false }, closed: profiles["closed"]! };
    expect(others(inactive)).toContainEqual({ endpoint: "brazil", why: "inactive" });
  });

  test("gives an answer without data none", () => {
    const address = ip("192.0.2.77");
    const config = snapshotOf({ profiles: { shop: { endpoints: { v4 } } } });
    const { outcomes } = explain({
      snapshot: config,
      profile: config.profiles[0]!,
      question: "AAAA",
      address,
      deciding: address,
      client: { address, location: locationOf(""), placedBy: "client" },
      scope: 0,
      dependsOnClient: false,
      health: probedView(() => "online"),
    });
    expect(outcomes).toEqual([
      { probability: 1, path: [], beside: [], reason: "no-family", answer: { kind: "nodata", data: [] } },
    ]);
  });

  test("names those that answer together, spares, trickles, and what a bias makes of a distance", () => {
    const address = ip("192.0.2.77");
    const config = snapshotOf({
      profiles: {
        shop: {
          method: "performance",
          endpoints: {
            pair: { nested: "pair", at: "DE", bias: 50 },
            old: { ...v4, at: "DE", standby: true, trickle: 0.25 },
          },
        },
        pair: {
          method: "multivalue",
          maxAnswers: 2,
          endpoints: { a: { address: ["192.0.2.1"] }, b: { address: ["192.0.2.2"] } },
        },
      },
    });
    const { candidates, outcomes } = explain({
      snapshot: config,
      profile: config.profiles[0]!,
      question: "A",
      address,
      deciding: address,
      client: { address, location: locationOf("FR"), placedBy: "client" },
      scope: 24,
      dependsOnClient: true,
      health: probedView(() => "online"),
    });
    const [[pair], [old]] = candidates.tiers as [[ExplainedCandidate], [ExplainedCandidate]];
    const { kilometres } = old.basis as Extract<Basis, { kind: "distance" }>;
    expect(pair).toMatchObject({ standby: false, trickle: 0, basis: { kilometres, countedAs: kilometres / 2 } });
    expect(old).toMatchObject({ standby: true, trickle: 0.25, basis: { kilometres, countedAs: kilometres } });
    expect(outcomes).toMatchObject([
      {
        probability: 0.75,
        path: ["shop/pair", "pair/a"],
        beside: ["pair/b"],
        answer: { data: ["192.0.2.1", "192.0.2.2"] },
      },
      { probability: 0.25, path: ["shop/old"], beside: [], reason: "trickle" },
    ]);
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
            deciding: asker.address,
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
          const visit = ({ profile: name, tiers, removed, others }: ExplainedCandidates): void => {
            const { endpoints } = config.profiles.find((candidate) => candidate.name === name)!;
            const gone = [...new Set(removed.map(({ endpoint }) => endpoint))];
            const named = [...[...tiers.flat(), ...others].map(({ endpoint }) => endpoint), ...gone];
            expect(named.toSorted()).toEqual(endpoints.map((endpoint) => endpoint.name).toSorted());
            for (const { nested } of [...tiers.flat(), ...others]) if (nested) visit(nested);
          };
          visit(explained.candidates);
          expect(() => JSON.stringify(explained)).not.toThrow();
        },
      ),
    );
  });

  test("tells a client of a sticky profile the one endpoint that it keeps to, and by which network", () => {
    const config = snapshotOf({
      profiles: {
        shop: { endpoints: { n: { nested: "eu" } } },
        eu: {
          method: "weighted",
          sticky: { ipv4: 24, ipv6: 56 },
          endpoints: { a: { address: ["192.0.2.1"] }, b: { address: ["192.0.2.2"] } },
        },
      },
    });
    const keptBy = (text: string): readonly string[] => {
      const address = ip(text);
      const { sticky, outcomes } = explain({
        snapshot: config,
        profile: config.profiles[0]!,
        question: "A",
        address,
        deciding: address,
        client: { address, location: locationOf(""), placedBy: "client" },
        scope: 24,
        dependsOnClient: false,
        health: probedView(() => "online"),
      });
      expect(outcomes).toMatchObject([{ probability: 1, reason: "preferred" }]);
      return [...sticky.map(({ profile, network }) => `${profile} ${network}`), outcomes[0]!.path.join(" ")];
    };
    const found = ["8.8.8.1", "8.8.8.200", "8.8.9.1", "8.8.10.1", "8.8.11.1"].map(keptBy);
    expect(found[0]).toEqual(found[1]);
    expect(found.map(([network]) => network).slice(1, 3)).toEqual(["eu 8.8.8.0/24", "eu 8.8.9.0/24"]);
    expect(new Set(found.map(([, path]) => path))).toEqual(new Set(["shop/n eu/a", "shop/n eu/b"]));
  });
});
