import { expect, test } from "vitest";
import { snapshotOf, type SnapshotSpec } from "../../support/snapshot.ts";

const eu = { labels: { jurisdiction: "EU" } };
const us = { labels: { jurisdiction: "US" } };
const rule = { clients: ["EU"], require: { jurisdiction: ["EU"] } };
const sorry = (labels?: Readonly<Record<string, string>>) =>
  ({ action: "fallback", target: { kind: "host", host: "sorry.example.net" }, labels }) as const;

/** `rule: profile endpoints` of all fences, with the fallback as an exclamation mark. */
function fencesOf(spec: SnapshotSpec): readonly string[] {
  const { profiles, residency } = snapshotOf(spec);
  return profiles.flatMap(({ name, endpoints, fences }) =>
    fences.map(({ rule: index, positions, fallback }) => {
      const names = positions.map((position) => endpoints[position]!.name);
      return `${residency[index]!.name}: ${[name, ...names, ...(fallback ? ["!"] : [])].join(" ")}`;
    }),
  );
}

test.for<[what: string, spec: SnapshotSpec, fences: readonly string[]]>([
  [
    "the endpoints that do not comply",
    { profiles: { p: { endpoints: { a: us, b: eu, c: {} } } }, residency: { rule } },
    ["rule: p a c"],
  ],
  ["none where all comply", { profiles: { p: { endpoints: { a: eu } } }, residency: { rule } }, []],
  [
    "those of profiles that it names alone",
    {
      profiles: { p: { endpoints: { a: us } }, q: { endpoints: { b: us } } },
      residency: { rule: { ...rule, profiles: ["q"] } },
    },
    ["rule: q b"],
  ],
  [
    "those of nested profiles too, but never a nested profile itself",
    {
      profiles: {
        p: { endpoints: { n: { nested: "q" } } },
        q: { endpoints: { m: { nested: "r" }, b: us } },
        r: { endpoints: { c: us } },
      },
      residency: { rule: { ...rule, profiles: ["p"] } },
    },
    ["rule: q b", "rule: r c"],
  ],
  [
    "those nested by an endpoint that is disabled",
    {
      profiles: { p: { endpoints: { n: { nested: "q", enabled: false } } }, q: { endpoints: { b: us } } },
      residency: { rule: { ...rule, profiles: ["p"] } },
    },
    ["rule: q b"],
  ],
  [
    "a fallback that does not comply",
    { profiles: { p: { endpoints: { a: eu }, whenAllDown: sorry() } }, residency: { rule } },
    ["rule: p !"],
  ],
  [
    "no fallback that complies",
    { profiles: { p: { endpoints: { a: us }, whenAllDown: sorry(eu.labels) } }, residency: { rule } },
    ["rule: p a"],
  ],
  [
    "several rules in their order",
    {
      profiles: { p: { endpoints: { a: us, b: {} } } },
      residency: { one: { forbid: { jurisdiction: ["US"] } }, two: rule },
    },
    ["one: p a", "two: p a b"],
  ],
])("withResidency: fences hold %s", ([, spec, fences]) => {
  expect(fencesOf(spec)).toEqual(fences);
});

test("withResidency: a rule tells the profiles that it covers, whatever it takes from them", () => {
  const { residency } = snapshotOf({
    profiles: { p: { endpoints: { a: eu } }, q: { endpoints: { n: { nested: "p" } } }, r: { endpoints: { a: eu } } },
    residency: { rule: { ...rule, profiles: ["q"] } },
  });
  expect(residency[0]!.profiles).toEqual([0, 1]);
});
