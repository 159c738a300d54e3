/** What docs/steering.md says of its own rules, held against the reference model: it would be a mistake of the page. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listed } from "./addresses.ts";
import { inService, type Configuration } from "./configuration.ts";
import { ASKED, casesOf, randomGraph, type Case } from "./random-graph.ts";
import { answersOf, candidatesFor } from "./answers-of.ts";
import { isUp, type Answer } from "./steering-model.ts";

type Check = (configuration: Configuration, asked: Case, answers: ReadonlyMap<Answer, number>) => void;

function inRandomGraphs(check: Check): void {
  fc.assert(
    fc.property(randomGraph, (graph) => {
      const { configuration } = graph;
      for (const one of casesOf(graph)) check(configuration, one, answersOf({ configuration, profile: ASKED, ...one }));
    }),
    { numRuns: 300 },
  );
}

describe("in random graphs", () => {
  test("probabilities add up to 1", () => {
    inRandomGraphs((_, __, answers) => expect([...answers.values()].reduce((a, b) => a + b)).toBeCloseTo(1, 9));
  });

  test("the share of a host is the same for all types, and so is that of SERVFAIL", () => {
    inRandomGraphs((configuration, one, answers) => {
      const ofHttps = answersOf({ configuration, profile: ASKED, ...one, question: "HTTPS" });
      const rounded = (from: ReadonlyMap<Answer, number>): readonly string[] =>
        [...from]
          .filter(([answer]) => /CNAME|SERVFAIL/.test(answer))
          .map(([answer, share]) => `${answer} ${share.toFixed(9)}`)
          .toSorted();
      expect(rounded(answers)).toEqual(rounded(ofHttps));
    });
  });

  test("NXDOMAIN is the answer for all types or for none", () => {
    inRandomGraphs((configuration, _, answers) =>
      expect(answers.has("NXDOMAIN")).toBe(!inService(configuration, ASKED)),
    );
  });

  test("an endpoint that is taken out never answers, not even where all are down", () => {
    inRandomGraphs((configuration, one, answers) => {
      const out = [...answers.keys()].flatMap(recordsOf).filter((record) => {
        const owners = ownersOf(configuration, record);
        return owners.length > 0 && owners.every((owner) => one.ruled[owner] === "out");
      });
      expect(out, JSON.stringify(one)).toEqual([]);
    });
  });

  test("a profile that has an endpoint up for a client never answers that client with one that is down", () => {
    inRandomGraphs((configuration, one, answers) => {
      if (!hasUp(configuration, one) || servesRegions(configuration) || Object.values(one.ruled).includes("up")) return;
      const wrong = [...answers.keys()].flatMap(recordsOf).filter((record) => onlyDown(configuration, one, record));
      expect(wrong, JSON.stringify(one)).toEqual([]);
    });
  });
});

function recordsOf(answer: Answer): readonly string[] {
  return answer.split(" ").filter((word) => /[.:]/.test(word));
}

/** Whose record it is, which need not be one of theirs that answer. */
function ownersOf({ profiles }: Configuration, record: string): readonly string[] {
  return Object.entries(profiles).flatMap(([profile, { endpoints }]) =>
    Object.entries(endpoints)
      .filter(([, { address, host }]) => [...listed(address), ...listed(host)].includes(record))
      .map(([name]) => `${profile}/${name}`),
  );
}

function hasUp(configuration: Configuration, one: Case): boolean {
  if (!inService(configuration, ASKED)) return false;
  const { tiers } = candidatesFor(configuration, ASKED, one.client);
  return tiers.flat().some((member) => isUp({ configuration, profile: ASKED, ...one }, ASKED, member));
}

/** Which serves an endpoint that is down by its own word. */
function servesRegions({ profiles }: Configuration): boolean {
  return Object.values(profiles).some(({ whenRegionDown }) => whenRegionDown === "serve");
}

/** Whether all endpoints with this record are down. */
function onlyDown(configuration: Configuration, { down }: Case, record: string): boolean {
  const owners = ownersOf(configuration, record);
  return owners.length > 0 && owners.every((owner) => down.includes(owner));
}
