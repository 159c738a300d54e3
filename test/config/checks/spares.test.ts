import { expect, test } from "vitest";
import { diagnose, warningsOf } from "../diagnose.ts";

const HEAD = "zones: { t.example: { nameservers: ns.example.net } }\n";
const A = "address: 192.0.2.1";
const profiles = (text: string): string => `${HEAD}profiles: { ${text} }\n`;

test.for<[behaviour: string, profiles: string, lines: readonly string[]]>([
  [
    "all endpoints that are enabled on standby",
    `p: { method: weighted, endpoints: { a: { ${A}, standby: true }, b: { ${A}, standby: true }, c: { ${A}, enabled: false } } }`,
    [
      "2:83 profiles.p.endpoints.a.standby: standby means nothing where all endpoints that are enabled have it, found true, wanted at least one without it",
    ],
  ],
  [
    "one before it",
    `p: { method: performance, endpoints: { a: { ${A}, location: DE, standby: true }, b: { ${A}, location: FR } } }`,
    [],
  ],
  [
    "a trickle of the first of priority",
    `p: { method: priority, endpoints: { a: { ${A}, priority: 2, trickle: 1% }, b: { ${A}, priority: 1, trickle: 2% } } }`,
    [
      '2:149 profiles.p.endpoints.b.trickle: trickle means nothing on b: no endpoint is before it, so it has clients while it is up, found "2%", wanted no trickle, or one on a later endpoint',
    ],
  ],
  [
    "a trickle of one that shares by weight",
    `p: { method: weighted, endpoints: { a: { ${A}, trickle: 1% }, b: { ${A}, standby: true, trickle: 1% } } }`,
    [
      '2:83 profiles.p.endpoints.a.trickle: trickle means nothing on a: no endpoint is before it, so it has clients while it is up, found "1%", wanted no trickle, or standby: true beside it',
    ],
  ],
  [
    "any of performance may be behind",
    `p: { method: performance, endpoints: { a: { ${A}, location: DE, trickle: 1% } } }`,
    [],
  ],
  ["a trickle of none", `p: { method: priority, endpoints: { a: { ${A}, trickle: 0% }, b: { ${A} } } }`, []],
])("checkSpares warns of %s", ([, text, lines]) => {
  const told = warningsOf(profiles(text)).filter((line) => /standby|trickle/.test(line));
  expect(told).toEqual(lines.map((line) => `demo.yaml:${line}`));
});

test("checkSpares refuses trickles that leave nothing, of endpoints that are enabled", () => {
  const endpoints = (keys: string): string =>
    profiles(
      `p: { method: priority, endpoints: { a: { ${A} }, b: { ${A}, trickle: 50% }, c: { ${A}, trickle: 33.3% }, d: { ${A}, trickle: ${keys} } } }`,
    );
  expect(diagnose(endpoints("16.7%"))).toEqual([
    "demo.yaml:2:194 profiles.p.endpoints.d.trickle: the trickles of a profile leave nothing to the endpoint that is chosen, found 100 % in all so far, wanted less than 100 % in all",
  ]);
  expect(diagnose(endpoints("16.6%"))).toEqual([]);
  expect(diagnose(endpoints("16.7%, enabled: false"))).toEqual([]);
});

test.for([
  ["51%", 'more than a trickle, found "51%", wanted 0% to 50%'],
  ["-1%", 'not a percentage, found "-1%", wanted 0% to 50%'],
  ["1", "wrong type, found 1, wanted a percentage: 1%"],
  ["0.05", "wrong type, found 0.05, wanted a percentage: 5%"],
  ["some", 'not a percentage, found "some", wanted 0% to 50%'],
] as const)("trickle %s: %s", ([trickle, line]) => {
  const lines = diagnose(
    profiles(`p: { method: priority, endpoints: { a: { ${A} }, b: { ${A}, trickle: ${trickle} } } }`),
  );
  expect(lines.map((one) => one.replace(/^\S+ profiles\.p\.endpoints\.b\.trickle: /, ""))).toEqual([line]);
});
