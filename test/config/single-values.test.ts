/** Wherever a list may stand, one value alone is a list of it. */
import { expect, test } from "vitest";
import { annotatedJsonSchema, type JsonSchema } from "../../src/config/json-schema.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { diagnose, filesOf } from "./diagnose.ts";

/** The paths of all lists of the schema, and whether one item may stand in their place. */
function* listsOf(
  schema: JsonSchema,
  path: string,
  single: boolean,
): Generator<readonly [path: string, single: boolean]> {
  // A point, which is no list, has its length.
  if (schema.type === "array" && schema.minItems !== schema.maxItems) yield [path, single];
  for (const [key, value] of Object.entries(schema.properties ?? {})) yield* listsOf(value, `${path}.${key}`, false);
  if (typeof schema.additionalProperties === "object") yield* listsOf(schema.additionalProperties, `${path}.*`, false);
  for (const branch of schema.anyOf ?? []) {
    yield* listsOf(
      branch,
      path,
      schema.anyOf!.some(({ type }) => type !== "array" && type !== "object"),
    );
  }
}

test("every list of the configuration may be one value", () => {
  const lists = [...listsOf(annotatedJsonSchema(), "", false)];
  expect(lists.length).toBeGreaterThan(10);
  expect(lists.filter(([, single]) => !single)).toEqual([]);
});

const text = (of: (value: string) => string): string => `
listen: { dns: ${of('"127.0.0.1:53"')} }
api: { hosts: ${of("a.example")} }
dns: { identity: { allow: ${of("10.0.0.0/8")} }, rateLimit: { exempt: ${of("10.0.0.0/8")} } }
geoip: { databases: ${of("a.mmdb")}, networks: { n: { cidrs: ${of("10.0.0.0/8")}, location: DE } } }
zones: { t.example: { nameservers: ${of("ns.example.net")}, records: { a: { A: ${of("192.0.2.1")} } } } }
monitors: { web: { protocol: http, expectedStatus: ${of("204")} }, web2: { protocol: http, expectedStatus: ${of("200-299")} } }
profiles:
  p:
    names: ${of("p.t.example")}
    method: geographic
    monitor: web
    whenAllDown: { fallback: ${of("192.0.2.9")} }
    endpoints: { a: { address: ${of("192.0.2.1")}, regions: ${of("DE")}, networks: ${of("10.0.0.0/8")} } }
`;

test("one value is a list of it", () => {
  const load = (source: string): string => {
    const loaded = loadConfig({ file: "demo.yaml", text: source, serial: 1, readFile: filesOf({}) });
    return JSON.stringify(loaded.ok ? { ...loaded.value, versions: [] } : loaded.error);
  };
  const single = load(text((value) => value));
  expect(single).toContain('"snapshot"');
  expect(load(text((value) => `[${value}]`))).toBe(single);
});

test.for([
  ["names: a..t.example", "3:33 profiles.p.names: an empty label"],
  ["names: [a..t.example]", "3:34 profiles.p.names[0]: an empty label"],
  ["names: p.elsewhere", "3:33 profiles.p.names: name outside every zone"],
  ["names: [p.elsewhere]", "3:34 profiles.p.names[0]: name outside every zone"],
  ["names: []", "3:33 profiles.p.names: list too short, found an empty list, wanted at least one"],
  ["names: 5", "3:33 profiles.p.names: wrong type, found 5, wanted DNS name, or a list of them"],
  ["names: { a: b }", "3:33 profiles.p.names: wrong type, found a mapping, wanted DNS name, or a list of them"],
] as const)("%s is told where it stands", ([names, line]) => {
  const profile = `method: weighted, ${names}, endpoints: { a: { address: 192.0.2.1 } }`;
  const lines = diagnose(`zones: { t.example: { nameservers: ns.example.net } }\nprofiles:\n  p: { ${profile} }\n`);
  expect(lines).toEqual([expect.stringContaining(`demo.yaml:${line}`)]);
});
