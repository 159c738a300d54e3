import * as fc from "fast-check";
import { expect, test } from "vitest";
import { leavesOf, measureComposites } from "../../../src/config/composites.ts";
import { configSchema } from "../../../src/config/schema/config.ts";
import { diagnose } from "../diagnose.ts";

const ZONES = "zones: { t.example: { nameservers: [ns.example.net] } }\n";
const LEAVES = "  web: { protocol: https }\n  db: { protocol: tcp, port: 5432 }\n";

test.for<[behaviour: string, monitors: string, lines: readonly string[]]>([
  [
    "is made of others",
    "  m: { all: [web, n] }\n  n: { atLeast: 1, of: [web, o] }\n  o: { not: db, addresses: any }\n",
    [],
  ],
  [
    "one kind",
    "  none: {}\n  two: { protocol: http, any: [web] }\n  three: { all: web, not: web, atLeast: 1 }\n",
    [
      "demo.yaml:5:3 monitors.none: a monitor that probes nothing, found none, wanted one of protocol, all, any, atLeast and not",
      "demo.yaml:6:3 monitors.two: a monitor of more than one kind, found protocol and any, wanted one of protocol, all, any, atLeast and not",
      "demo.yaml:7:3 monitors.three: a monitor of more than one kind, found all and atLeast and not, wanted one of protocol, all, any, atLeast and not",
    ],
  ],
  [
    "of belongs to atLeast, and has as many as it counts",
    "  lonely: { not: web, of: db }\n  without: { atLeast: 2 }\n  few: { atLeast: 3, of: [web, db] }\n",
    [
      'demo.yaml:5:23 monitors.lonely.of: of means nothing without atLeast, found "db", wanted no of, or atLeast',
      "demo.yaml:6:3 monitors.without.of: missing key, found nothing, wanted of, the monitors that atLeast counts",
      "demo.yaml:7:19 monitors.few.atLeast: more than there are in of, found 3, wanted at most 2",
    ],
  ],
  [
    "names of monitors, each once",
    "  m: { all: [wbe, web, web] }\n  n: { not: nothing }\n",
    [
      'demo.yaml:5:14 monitors.m.all[0]: undefined monitor, found "wbe", wanted the name of a monitor: did you mean web?',
      'demo.yaml:5:24 monitors.m.all[2]: the same monitor twice, found "web", wanted each monitor once',
      'demo.yaml:6:13 monitors.n.not: undefined monitor, found "nothing", wanted the name of a monitor',
    ],
  ],
  [
    "no keys of those that probe",
    "  m: { all: [web, db], interval: 5s, port: 80, path: /, rampUp: 1m }\n",
    ["interval", "port", "path", "rampUp"].map((key) => {
      const at = { interval: 24, port: 38, path: 48, rampUp: 57 }[key];
      const found = { interval: '"5s"', port: "80", path: '"/"', rampUp: '"1m"' }[key];
      return `demo.yaml:5:${at} monitors.m.${key}: ${key} means nothing beside all, found ${found}, wanted no ${key} here: the monitors that probe have their own`;
    }),
  ],
  [
    "no loops, each told once",
    "  self: { not: self }\n  a: { all: [web, b] }\n  b: { any: c }\n  c: { atLeast: 1, of: [db, a] }\n  above: { all: [a, self] }\n",
    [
      "demo.yaml:5:16 monitors.self.not: a monitor made of itself, found self → self, wanted monitors without a loop",
      "demo.yaml:8:29 monitors.c.of[1]: a monitor made of itself, found a → b → c → a, wanted monitors without a loop",
    ],
  ],
  [
    "5 levels, told where they begin to be too many",
    Array.from({ length: 6 }, (_, i) => `  m${i + 1}: { not: ${i === 0 ? "web" : `m${i}`} }\n`).join(""),
    [
      "demo.yaml:9:3 monitors.m5: monitors made of others more than 5 levels deep, found 6 levels, wanted at most 5 levels",
    ],
  ],
  [
    "32 probes, each as often as it is named",
    "  two: { all: [web, db] }\n  four: { all: [web, db, two] }\n" +
      `  all: { all: [${Array.from({ length: 9 }, (_, i) => `f${i}`).join(", ")}] }\n` +
      Array.from({ length: 9 }, (_, i) => `  f${i}: { not: four }\n`).join(""),
    ["demo.yaml:7:3 monitors.all: a monitor that comes to more than 32 probes, found 36 probes, wanted at most 32"],
  ],
])("checkComposites: %s", ([, monitors, lines]) => {
  expect(diagnose(`${ZONES}monitors:\n${LEAVES}${monitors}`)).toEqual(lines);
});

test("checkComposites: a kind that is not well-formed is told once", () => {
  expect(diagnose(`${ZONES}monitors:\n  m: { protocol: htp }\n  n: { atLeast: 0, of: m }\n`)).toEqual([
    expect.stringContaining("monitors.m.protocol"),
    expect.stringContaining("monitors.n.atLeast"),
  ]);
});

test("measureComposites: whoever is in no loop and leads to none has a size, and there is a loop where anybody has none", () => {
  const names = ["a", "b", "c", "d", "e"] as const;
  const monitor = fc.oneof(
    fc.constant({ protocol: "http" as const }),
    fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
  );
  fc.assert(
    fc.property(fc.tuple(...names.map(() => monitor)), (made) => {
      const { monitors } = configSchema.parse({
        monitors: Object.fromEntries(names.map((name, i) => [name, made[i]!])),
      });
      /** Its probes on the way, or undefined where the way comes back. */
      const probes = (name: string, way: readonly string[]): readonly string[] | undefined => {
        if (way.includes(name)) return undefined;
        const { all } = monitors[name]!;
        if (all === undefined) return [name];
        const found = all.map((member) => probes(member, [...way, name]));
        return found.includes(undefined) ? undefined : found.flatMap((one) => one!);
      };
      const { sizes, loops } = measureComposites(monitors);
      for (const name of names) {
        const found = probes(name, []);
        expect(sizes.get(name)?.probes).toBe(found?.length);
      }
      for (const name of sizes.keys()) {
        expect(leavesOf(name, monitors).toSorted()).toEqual([...new Set(probes(name, []))].toSorted());
      }
      expect(loops.length > 0).toBe(sizes.size < names.length);
      for (const { names: loop } of loops) {
        expect(loop.at(-1)).toBe(loop[0]);
        for (const [i, name] of loop.slice(0, -1).entries()) expect(monitors[name]!.all).toContain(loop[i + 1]);
      }
    }),
    { numRuns: 500 },
  );
});

test("measureComposites: a chain as long as a file does not end it", () => {
  const length = 20_000;
  const { monitors } = configSchema.parse({
    monitors: Object.fromEntries(Array.from({ length }, (_, i) => [`m${i}`, { not: `m${(i + 1) % length}` }])),
  });
  expect(measureComposites(monitors).loops).toHaveLength(1);
  expect(leavesOf("m0", monitors)).toEqual([]);
});
