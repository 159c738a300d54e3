import * as fc from "fast-check";
import { expect, test } from "vitest";
import { counterLabels } from "../../../src/server/threads/counter-labels.ts";
import { snapshotOf } from "../../support/snapshot.ts";

const names = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1 });
const profiles = fc.uniqueArray(fc.tuple(fc.constantFrom("p", "q", "r"), names), { selector: ([name]) => name });
type Profiles = readonly (readonly [name: string, endpoints: readonly string[]])[];

const outline = (list: Profiles) =>
  snapshotOf({
    profiles: Object.fromEntries(
      list.map(([name, endpoints]) => [
        name,
        { endpoints: Object.fromEntries(endpoints.map((endpoint) => [endpoint, { host: "x.example.net" }])) },
      ]),
    ),
  });

test("counterLabels are those of before exactly where names and their order are the same", () => {
  fc.assert(
    fc.property(profiles, profiles, (one, other) => {
      const before = counterLabels(outline(one));
      expect(counterLabels(outline(one), before)).toBe(before);
      const after = counterLabels(outline(other), before);
      expect(after).toEqual(counterLabels(outline(other)));
      expect(after === before).toBe(JSON.stringify(one) === JSON.stringify(other));
    }),
  );
});
