/** Real files in a temporary directory. */
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadConfigFile } from "../../src/app/load-config-file.ts";
import type { CheckedConfig } from "../../src/config/settings.ts";

let directory: string;
const at = (name: string): string => path.join(directory, name);
const APEX = "$TTL 60\n@ SOA a b 7 1 1 1 1\n@ NS ns.example.net.\n";

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  await mkdir(at("zones"));
  await writeFile(at("zones/more"), "www A 192.0.2.1\n");
});

afterAll(() => rm(directory, { recursive: true }));

/** The configuration's zones, its file last changed at the second. */
async function configure(name: string, zones: string, changed: number): Promise<void> {
  await writeFile(at(name), `zones: { ${zones} }\n`);
  await utimes(at(name), changed, changed);
}

async function load(name: string, served: CheckedConfig["versions"] = []): Promise<CheckedConfig> {
  const loaded = await loadConfigFile(at(name), { served });
  if (!loaded.ok) throw new Error(loaded.error.map(({ message }) => message).join("\n"));
  return loaded.value;
}

const serials = ({ snapshot }: CheckedConfig): readonly number[] => snapshot.zones.map(({ soa }) => soa.serial);

const YAML_ZONE = "a.example: { nameservers: [ns.example.net] }";

test("loadConfigFile: the serial is the second in which the file was changed, and rises with its text", async () => {
  await configure("serial.yaml", YAML_ZONE, 1_700_000_000);
  const first = await load("serial.yaml");
  expect(serials(first)).toEqual([1_700_000_000]);
  expect(serials(await load("serial.yaml"))).toEqual([1_700_000_000]);

  await configure("serial.yaml", YAML_ZONE, 1_700_000_100);
  expect(serials(await load("serial.yaml", first.versions))).toEqual([1_700_000_000]);
  await configure("serial.yaml", `${YAML_ZONE} `, 1_700_000_000);
  expect(serials(await load("serial.yaml", first.versions))).toEqual([1_700_000_001]);
});

test("loadConfigFile reads zone files and what they include", async () => {
  await writeFile(at("zones/main"), `${APEX}$INCLUDE more\n`);
  await configure("zone.yaml", `a.example: { file: ${JSON.stringify(at("zones/main"))} }`, 1);
  const { snapshot } = await load("zone.yaml");
  expect(snapshot.zones[0]).toMatchObject({ soa: { serial: 7 }, records: [{ owner: "www.a.example" }] });
});

test.for<[what: string, file: string, wanted: string]>([
  ["a missing zone file", "zones/gone", "the path of a file"],
  ["a directory", "zones", "a file, not a directory"],
])("loadConfigFile reports %s", async ([, file, wanted]) => {
  await configure("bad.yaml", `a.example: { file: ${JSON.stringify(at(file))} }`, 1);
  const loaded = await loadConfigFile(at("bad.yaml"));
  expect(loaded.ok ? [] : loaded.error).toMatchObject([
    { code: "file-unreadable", diagnostic: { file: at("bad.yaml"), line: 1, wanted } },
  ]);
});

test.for<[what: string, name: string, message: string]>([
  ["a missing file", "gone.yaml", "no such file; give the path of a configuration file"],
  ["a directory", "zones", "a directory; give the path of a configuration file"],
])("loadConfigFile reports %s in place of the configuration", async ([, name, message]) => {
  expect(await loadConfigFile(at(name))).toEqual({
    ok: false,
    error: [{ code: "config-unreadable", message: `${at(name)}: ${message}` }],
  });
});
