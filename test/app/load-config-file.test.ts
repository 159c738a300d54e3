/** Real files in a temporary directory. */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
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
  await writeFile(at("zones/latin1"), Buffer.from('www TXT x\nwww TXT "é"\n', "latin1"));
  await writeFile(at("zones/utf16"), Buffer.from("\uFEFFwww TXT x\n", "utf16le"));
  execFileSync("/usr/bin/env", ["mkfifo", at("fifo")]);
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

const serials = ({ zones }: CheckedConfig): readonly number[] => zones.map(({ soa }) => soa.serial);

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
  const { zones } = await load("zone.yaml");
  expect(zones[0]).toMatchObject({ soa: { serial: 7 }, records: [{ owner: "www.a.example" }] });
});

const PATH = "the path of a file; paths count from the working directory";
const UTF8 = String.raw`UTF-8; in zone data \DDD may stand for an octet`;

test("loadConfigFile: a byte order mark is no text, in any file", async () => {
  await writeFile(at("zones/marked"), `\uFEFF${APEX}$INCLUDE more-marked\n`);
  await writeFile(at("zones/more-marked"), "\uFEFFwww A 192.0.2.1\n");
  await configure("marked.yaml", `a.example: { file: ${JSON.stringify(at("zones/marked"))} }`, 1);
  await writeFile(at("marked.yaml"), `\uFEFF${await readFile(at("marked.yaml"), "utf8")}`);
  expect((await load("marked.yaml")).zones[0]).toMatchObject({ records: [{ owner: "www.a.example" }] });
});

test("loadConfigFile refuses an included file that is not UTF-8 at its $INCLUDE", async () => {
  await writeFile(at("zones/outer"), `${APEX}$INCLUDE latin1\n`);
  await configure("outer.yaml", `a.example: { file: ${JSON.stringify(at("zones/outer"))} }`, 1);
  const loaded = await loadConfigFile(at("outer.yaml"));
  expect(loaded.ok ? [] : loaded.error).toMatchObject([
    { diagnostic: { file: at("zones/outer"), line: 4, what: "a file that cannot be read: not UTF-8 in line 2" } },
  ]);
});

test.for<[what: string, file: string, reason: string, wanted: string]>([
  ["a missing zone file", "zones/gone", "no such file", PATH],
  ["a path through a file", "zones/more/gone", "no such file", PATH],
  ["a directory", "zones", "a directory, not a file", PATH],
  ["a FIFO, which never ends", "fifo", "a FIFO, not a file", PATH],
  ["octets that are not UTF-8", "zones/latin1", "not UTF-8 in line 2", UTF8],
  ["UTF-16", "zones/utf16", "not UTF-8 in line 1", UTF8],
])("loadConfigFile reports %s", async ([, file, reason, wanted]) => {
  await configure("bad.yaml", `a.example: { file: ${JSON.stringify(at(file))} }`, 1);
  const loaded = await loadConfigFile(at("bad.yaml"));
  expect(loaded.ok ? [] : loaded.error).toMatchObject([
    {
      code: "file-unreadable",
      diagnostic: { file: at("bad.yaml"), line: 1, what: `a zone file that cannot be read: ${reason}`, wanted },
    },
  ]);
});

test.for<[what: string, name: string, message: string]>([
  ["a missing file", "gone.yaml", "no such file; give the path of a configuration file"],
  ["a directory", "zones", "a directory, not a file; give the path of a configuration file"],
  ["a FIFO", "fifo", "a FIFO, not a file; give the path of a configuration file"],
  ["a device", "../../../../../../dev/zero", "a device or socket, not a file; give the path of a configuration file"],
  ["octets that are not UTF-8", "zones/latin1", `not UTF-8 in line 2, wanted ${UTF8}`],
])("loadConfigFile reports %s in place of the configuration", async ([, name, message]) => {
  expect(await loadConfigFile(at(name))).toEqual({
    ok: false,
    error: [{ code: "config-unreadable", message: `${at(name)}: ${message}` }],
  });
});
