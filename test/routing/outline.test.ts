import { probedView } from "../../src/routing/health-view.ts";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Status } from "../../src/routing/health-view.ts";
import { outlineOf, profileOutlines, type Outline } from "../../src/routing/outline.ts";
import { createStatuses } from "../../src/routing/statuses.ts";
import { loaded } from "../model/engine.ts";
import { randomGraph } from "../model/random-graph.ts";
import { snapshotOf } from "../support/snapshot.ts";

const status = fc.constantFrom("online", "degraded", "checking");

test("an outline tells the statuses that its snapshot tells", () => {
  fc.assert(
    fc.property(randomGraph, fc.infiniteStream(status), ({ configuration }, words) => {
      const { snapshot } = loaded(configuration);
      const health = snapshot.endpoints.map(() => words.next().value!);
      const statusOf = (id: number) => health[id]!;
      const statusesOf = (of: Outline): readonly Status[] => {
        const statuses = createStatuses(of, probedView(statusOf));
        return [
          ...of.endpoints.map((endpoint) => statuses.of(endpoint)),
          ...of.profiles.map((profile) => statuses.ofProfile(profile)),
        ];
      };
      expect(statusesOf(outlineOf(profileOutlines(snapshot)))).toEqual(statusesOf(snapshot));
    }),
  );
});

test("an outline keeps of fences the rule's name and what it takes; profiles without any share one list", () => {
  const spec = { endpoints: { a: {}, b: { labels: { in: "eu" } } } };
  const free = { endpoints: { b: { labels: { in: "eu" } } } };
  const snapshot = snapshotOf({
    profiles: { fenced: spec, free, other: free },
    residency: { eu: { require: { in: ["eu"] } } },
  });
  const [fenced, one, other] = profileOutlines(snapshot).map(({ fences }) => fences);
  expect(fenced).toEqual([{ name: "eu", positions: [0] }]);
  expect(one).toEqual([]);
  expect(one).toBe(other);
});
