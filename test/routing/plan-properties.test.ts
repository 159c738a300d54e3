import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { candidatesFor } from "../../src/routing/candidates.ts";
import { outcomesOf } from "../../src/routing/outcomes.ts";
import { REASONS, type Answer, type Question, type Reason } from "../../src/routing/fork.ts";
import { planFor } from "../../src/routing/plan.ts";
import type { Endpoint, Target } from "../../src/routing/snapshot.ts";
import type { IpAddress } from "../../src/shared/ip-address.ts";
import type { HealthView } from "../../src/routing/health-view.ts";
import { createStatuses } from "../../src/routing/statuses.ts";
import { client, health, snapshot, states } from "../support/arbitraries.ts";

const question = fc.constantFrom<Question[]>("A", "AAAA", "CNAME");

/** What an endpoint of this target may answer; empty = a nested profile or none, which may answer anything. */
function answersOf(target: Target | undefined, type: Question): readonly Answer[] {
  if (target === undefined || target.kind === "profile") return [];
  if (target.kind === "host") return [{ kind: "alias", host: target.host }];
  return [{ kind: "addresses", addresses: type === "A" ? target.ipv4 : type === "AAAA" ? target.ipv6 : [] }];
}

/** All addresses of the type, each once. */
function together(endpoints: readonly Endpoint[], type: Question): Answer {
  const all = endpoints.flatMap(({ target }) => answersOf(target, type)).flatMap((answer) => addressesIn(answer));
  return {
    kind: "addresses",
    addresses: all.filter((one, i) => i === all.findIndex((other) => isDeepStrictEqual(one, other))),
  };
}

function addressesIn(answer: Answer): readonly IpAddress[] {
  return answer.kind === "addresses" ? answer.addresses : [];
}

const ANSWERS: ReadonlySet<Reason> = new Set<Reason>([
  "preferred",
  "failover",
  "spill",
  "all-down",
  "fallback",
  "trickle",
]);

const UNFENCED = { removed: [], empty: [], removedBy: [], fallbackRule: undefined } as const;

describe("planFor, for any configuration, client and health", () => {
  const plansIn = (views: fc.Arbitrary<HealthView>) =>
    fc.tuple(snapshot, client, views, question).map(([built, asker, view, type]) => {
      const candidates = candidatesFor(built, built.profiles[0]!, asker);
      const statuses = createStatuses(built, view);
      return { built, statuses, type, candidates, outcomes: outcomesOf(planFor(built, candidates, type, statuses)) };
    });
  const plans = plansIn(states);
  /** Of a profile that answers with several and no endpoint of it on standby. */
  const plansTogether = plansIn(health).map(({ built, type, statuses, candidates }) => {
    const profile = { ...candidates.profile, maxAnswers: 1 + (built.endpoints.length % 3) };
    const own = profile.endpoints.filter(({ enabled, target }) => enabled && target.kind === "address");
    const tier = own.map((endpoint) => ({
      endpoint,
      weight: 1,
      basis: { kind: "together" as const },
      nested: undefined,
    }));
    const asked = {
      ...UNFENCED,
      profile: { ...profile, method: "multivalue" as const },
      tiers: tier.length > 0 ? [tier] : [],
    };
    return { profile, members: own, type, statuses, outcomes: outcomesOf(planFor(built, asked, type, statuses)) };
  });

  test("probabilities are above 0 and add up to 1", () => {
    fc.assert(
      fc.property(plans, ({ outcomes }) => {
        expect(outcomes.every(({ probability }) => probability > 0 && probability <= 1)).toBe(true);
        expect(outcomes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
      }),
      { numRuns: 500 },
    );
  });

  test("an answering endpoint is eligible, all the way down, unless the reason is all-down", () => {
    fc.assert(
      fc.property(plans, ({ statuses, outcomes }) => {
        const chosen = outcomes.filter(({ reason }) => ["preferred", "failover", "spill"].includes(reason));
        expect(chosen.flatMap(({ path }) => path).every((endpoint) => statuses.isEligible(endpoint))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test("an endpoint that is taken out never answers", () => {
    fc.assert(
      fc.property(plans, ({ statuses, outcomes }) => {
        const out = outcomes.flatMap(({ path }) => path).filter((endpoint) => statuses.forcedOf(endpoint) === "out");
        expect(out).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  test("a disabled endpoint, or one of a disabled profile, never answers", () => {
    fc.assert(
      fc.property(plans, ({ built, outcomes }) => {
        for (const endpoint of outcomes.flatMap(({ path }) => path)) {
          expect(endpoint.enabled && built.profiles[endpoint.profile]!.enabled).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("the answer is of the asked type, and comes from the last endpoint of the path and those beside it", () => {
    fc.assert(
      fc.property(plans, ({ type, outcomes }) => {
        for (const { path, beside, answer } of outcomes) {
          const expected =
            beside.length > 0 ? [together([...path.slice(-1), ...beside], type)] : answersOf(path.at(-1)?.target, type);
          expect(expected.length === 0 || expected.some((kind) => isDeepStrictEqual(kind, answer))).toBe(true);
          expect(answer.kind !== "addresses" || answer.addresses.length > 0).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("only a profile out of service does not exist; a lack of addresses is no data", () => {
    fc.assert(
      fc.property(plans, ({ outcomes }) => {
        const kinds = (of: readonly Reason[]): readonly string[] =>
          outcomes.filter(({ reason }) => of.includes(reason)).map(({ answer }) => answer.kind);
        expect(kinds(["no-family", "no-match"]).every((kind) => kind === "nodata")).toBe(true);
        expect(kinds(["out-of-service"]).every((kind) => kind === "nxdomain")).toBe(true);
        expect(kinds(REASONS.filter((reason) => reason !== "out-of-service"))).not.toContain("nxdomain");
      }),
      { numRuns: 500 },
    );
  });

  test("the reason fits the answer", () => {
    const negative = new Set(["nodata", "nxdomain", "servfail"]);
    fc.assert(
      fc.property(plans, ({ outcomes }) => {
        for (const { answer, reason } of outcomes) {
          expect(negative.has(answer.kind)).toBe(!ANSWERS.has(reason));
        }
      }),
      { numRuns: 1000 },
    );
  });

  // RFC 1034 section 3.6.2: a resolver uses the CNAME that it got for one type for every other.
  test("a host answers with the same probability for every type", () => {
    fc.assert(
      fc.property(snapshot, client, states, (built, asker, view) => {
        const candidates = candidatesFor(built, built.profiles[0]!, asker);
        const [a, ...others] = (["A", "AAAA", "CNAME"] as const).map((type) => {
          const shares = new Map<string, number>();
          for (const { answer, probability } of outcomesOf(
            planFor(built, candidates, type, createStatuses(built, view)),
          )) {
            if (answer.kind === "alias") shares.set(answer.host, (shares.get(answer.host) ?? 0) + probability);
          }
          return [...shares].map(([host, share]) => `${host} ${share.toFixed(9)}`).toSorted();
        });
        for (const other of others) expect(other).toEqual(a);
      }),
      { numRuns: 2000 },
    );
  });

  test("without nesting, hosts and drains the eligible of the first tier with any share by their weights what is asked of them", () => {
    fc.assert(
      fc.property(plansIn(health), ({ statuses, type, candidates, outcomes }) => {
        const isFlat = candidates.tiers.flat().every(({ endpoint }) => endpoint.target.kind === "address");
        fc.pre(isFlat);
        const has = ({ target }: Endpoint): boolean => {
          return (
            target.kind === "address" && (type === "A" ? target.ipv4 : type === "AAAA" ? target.ipv6 : []).length > 0
          );
        };
        fc.pre(candidates.profile.families === "tier" && candidates.profile.method !== "multivalue");
        fc.pre(candidates.tiers.flat().every(({ endpoint }) => endpoint.trickle === 0));
        const eligible = candidates.tiers
          .map((tier) => tier.filter(({ endpoint }) => statuses.isEligible(endpoint)))
          .find((tier) => tier.length > 0)
          ?.filter(({ endpoint }) => has(endpoint));
        fc.pre(eligible !== undefined && eligible.length > 0);
        const total = eligible.reduce((sum, { weight }) => sum + weight, 0);
        expect(outcomes.map(({ path }) => path)).toEqual(eligible.map(({ endpoint }) => [endpoint]));
        for (const [i, { weight }] of eligible.entries()) {
          expect(outcomes[i]!.probability).toBeCloseTo(weight / total, 9);
        }
      }),
    );
  });

  test("multivalue: each of those that are up and have the type is in as many answers as any other", () => {
    fc.assert(
      fc.property(plansTogether, ({ profile, members, type, statuses, outcomes }) => {
        const having = members.filter(
          (one) => statuses.isEligible(one) && answersOf(one.target, type).flatMap(addressesIn).length > 0,
        );
        fc.pre(having.length > 0);
        const most = Math.min(profile.maxAnswers, having.length);
        for (const one of having) {
          const shown = outcomes.filter(({ path, beside }) => [...path, ...beside].includes(one));
          const first = shown.filter(({ path }) => path.includes(one));
          const sum = (some: typeof outcomes): number => some.reduce((all, { probability }) => all + probability, 0);
          expect(sum(shown)).toBeCloseTo(most / having.length, 9);
          expect(sum(first)).toBeCloseTo(most < having.length ? 1 / having.length : sum(first), 9);
        }
        for (const { path, beside } of outcomes) expect([...path, ...beside]).toHaveLength(most);
      }),
    );
  });
});
