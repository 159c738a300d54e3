import * as fc from "fast-check";
import { expect, test } from "vitest";
import { counterLabels } from "../../../src/server/threads/counter-labels.ts";
import { snapshotOf } from "../../support/snapshot.ts";

const names = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1 });
const profiles = fc.uniqueArray(fc.tuple(fc.constantFrom("p", "q", "r"), names), { selector: ([name]) => name });
const rules = fc.constantFrom<string[][]>([], ["eu"], ["hq"], ["eu", "hq"], ["hq", "eu"]);
type Profiles = readonly (readonly [name: string, endpoints: readonly string[]])[];

const outline = (list: Profiles, rules: readonly string[] = []) =>
  snapshotOf({
    residency: Object.fromEntries(rules.map((rule) => [rule, { require: { jurisdiction: ["EU"] } }])),
    profiles: Object.fromEntries(
      list.map(([name, endpoints]) => [
        name,
        { endpoints: Object.fromEntries(endpoints.map((endpoint) => [endpoint, { host: "x.example.net" }])) },
      ]),
    ),
  });

test("counterLabels are those of before exactly where names and their order are the same", () => {
  fc.assert(
    fc.property(profiles, profiles, rules, rules, (one, other, ofOne, ofOther) => {
      const before = counterLabels(outline(one, ofOne));
      expect(counterLabels(outline(one, ofOne), before)).toBe(before);
      const after = counterLabels(outline(other, ofOther), before);
      expect(after).toEqual(counterLabels(outline(other, ofOther)));
      const areSame =
        JSON.stringify([one, one.length > 0 && ofOne]) === JSON.stringify([other, one.length > 0 && ofOther]);
      expect(after === before).toBe(areSame);
    }),
  );
});
