import { expect, test } from "vitest";
import { warningsOf } from "../diagnose.ts";

const HEAD = `zones: { t.example: { nameservers: ns.example.net } }
monitors: { web: { protocol: http } }
`;
const geographic = (keys: string, endpoint = "address: 192.0.2.1"): string =>
  `method: geographic, monitor: web, ${keys}, endpoints: { a: { ${endpoint}, regions: WORLD }, b: { address: 192.0.2.2, regions: DE } }`;
const CHILD =
  "method: priority, monitor: web, whenAllDown: serveAll, endpoints: { a: { address: 192.0.2.3 }, b: { address: 192.0.2.4 } }";

test.for<[behaviour: string, profiles: string, lines: readonly string[]]>([
  [
    "whenAllDown beside whenRegionDown nodata",
    `p: { names: p.t.example, ${geographic("whenRegionDown: nodata, whenAllDown: serveAll")} }`,
    [
      'profiles.p.whenAllDown: whenAllDown means nothing beside whenRegionDown nodata: clients whose region is down get no records, found "serveAll", wanted no whenAllDown, or whenRegionDown climb or nearest',
    ],
  ],
  [
    "whenAllDown beside whenRegionDown serve",
    `p: { names: p.t.example, ${geographic("whenRegionDown: serve, whenAllDown: { fallback: 192.0.2.9 }")} }`,
    [
      "profiles.p.whenAllDown: whenAllDown means nothing beside whenRegionDown serve: clients whose region is down get its endpoints all the same, found a mapping, wanted no whenAllDown, or whenRegionDown climb or nearest",
    ],
  ],
  ["whenAllDown beside climb", `p: { names: p.t.example, ${geographic("whenAllDown: serveAll")} }`, []],
  ["whenAllDown that is not written", `p: { names: p.t.example, ${geographic("whenRegionDown: nodata")} }`, []],
  [
    "serveAll inside a profile that keeps its clients",
    `p: { names: p.t.example, ${geographic("whenRegionDown: nodata", "profile: q")} }, q: { ${CHILD} }`,
    [
      "profiles.q.whenAllDown: whenAllDown serveAll means nothing inside p: when all is down its clients get no records, found whenRegionDown nodata around it, wanted no whenAllDown, or whenRegionDown serve in p",
    ],
  ],
  [
    "serveAll inside one that serves",
    `p: { names: p.t.example, ${geographic("whenRegionDown: serve", "profile: q")} }, q: { ${CHILD} }`,
    [],
  ],
  [
    "serveAll of a profile with a name of its own",
    `p: { names: p.t.example, ${geographic("whenRegionDown: nodata", "profile: q")} }, q: { names: q.t.example, ${CHILD} }`,
    [],
  ],
])("checkFences: %s", ([, profiles, lines]) => {
  const told = warningsOf(`${HEAD}profiles: { ${profiles} }\n`);
  expect(told.map((line) => line.replace(/^\S+ /, ""))).toEqual(lines);
});
