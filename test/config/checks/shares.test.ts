import { expect, test } from "vitest";
import { warningsOf } from "../diagnose.ts";

const HEAD = "zones: { t.example: { nameservers: ns.example.net } }\n";
const ADDRESS = "address: 192.0.2.1";
const HOST = "host: h.example.net";

test.for<[behaviour: string, profiles: string, lines: readonly string[]]>([
  [
    "a host beside an address",
    `p: { method: weighted, endpoints: { a: { ${ADDRESS}, weight: 95 }, h: { ${HOST}, weight: 5 } } }`,
    [
      "2:99 profiles.p.endpoints.h.host: up to 9.8 % of the clients that ask for A and AAAA get h, not 5 %: a resolver uses its CNAME for every type",
    ],
  ],
  [
    "a host in a nested profile",
    `p: { method: weighted, endpoints: { a: { ${ADDRESS} }, n: { profile: q } } }, q: { method: priority, endpoints: { h: { ${HOST} } } }`,
    [
      "2:90 profiles.p.endpoints.n.profile: up to 75 % of the clients that ask for A and AAAA get n, not 50 %: a resolver uses its CNAME for every type",
    ],
  ],
  [
    "a host among the spares, of which it has its share",
    `p: { method: weighted, endpoints: { a: { ${ADDRESS}, weight: 98 }, s: { ${ADDRESS}, standby: true }, h: { ${HOST}, standby: true } } }`,
    [
      "2:141 profiles.p.endpoints.h.host: up to 75 % of the clients that ask for A and AAAA get h, not 50 %: a resolver uses its CNAME for every type",
    ],
  ],
  [
    "a host that is the only spare",
    `p: { method: weighted, endpoints: { a: { ${ADDRESS} }, h: { ${HOST}, standby: true } } }`,
    [],
  ],
  ["hosts alone", `p: { method: weighted, endpoints: { a: { ${HOST} }, b: { host: i.example.net } } }`, []],
  ["addresses alone", `p: { method: weighted, endpoints: { a: { ${ADDRESS} }, b: { address: 192.0.2.2 } } }`, []],
  ["a disabled host", `p: { method: weighted, endpoints: { a: { ${ADDRESS} }, b: { ${HOST}, enabled: false } } }`, []],
  ["one after the other", `p: { method: priority, endpoints: { a: { ${ADDRESS} }, b: { ${HOST} } } }`, []],
  [
    "both inside one nested profile that is ordered",
    `p: { method: weighted, endpoints: { n: { profile: q } } }, q: { method: priority, endpoints: { a: { ${ADDRESS} }, h: { ${HOST} } } }`,
    [],
  ],
])("checkShares: %s", ([, profiles, lines]) => {
  const told = warningsOf(`${HEAD}profiles: { ${profiles} }\n`).filter((line) => line.includes("CNAME"));
  expect(told.map((line) => line.replace(/, found a host beside addresses, wanted .*/, ""))).toEqual(
    lines.map((line) => `demo.yaml:${line}`),
  );
});
