/** Real files in a temporary directory. */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { load, type Loaded } from "../../../src/app/load/load.ts";
import type { StartError } from "../../../src/app/start-error.ts";
import type { ZoneVersion } from "../../../src/config/serial.ts";
import { createNames } from "../../../src/server/names/names.ts";
import type { Result } from "../../../src/shared/result.ts";
import type { LoadLimits } from "../../../src/shared/server-settings.ts";
import { mmdb } from "../../support/mmdb-writer.ts";

let directory: string;
const at = (name: string): string => path.join(directory, name);
const quoted = (name: string): string => JSON.stringify(at(name));
const APEX = "$TTL 60\n@ SOA a b 7 1 1 1 1\n@ NS ns.example.net.\n";
const YAML_ZONE = "a.example: { nameservers: [ns.example.net] }";

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  await mkdir(at("zones"));
  await writeFile(at("zones/more"), "www A 192.0.2.1\n");
  await writeFile(at("zones/latin1"), Buffer.from('www TXT x\nwww TXT "é"\n', "latin1"));
  await writeFile(at("zones/utf16"), Buffer.from("\uFEFFwww TXT x\n", "utf16le"));
  await writeFile(at("secret"), "root:$6$salt$hash:19000::::::\nnobody:*:19000::::::\n");
  execFileSync("/usr/bin/env", ["mkfifo", at("fifo")]);
});

afterAll(() => rm(directory, { recursive: true }));

async function configure(name: string, text: string, changed = 1_700_000_000): Promise<void> {
  await writeFile(at(name), text);
  await utimes(at(name), changed, changed);
}

const configureZones = (name: string, zones: string, changed?: number): Promise<void> =>
  configure(name, `zones: { ${zones} }\n`, changed);

function loadFile(name: string, served: readonly ZoneVersion[] = []): Result<Loaded, StartError> {
  return load({ file: at(name), served, warns: false });
}

function loaded(name: string, served?: readonly ZoneVersion[]): Loaded {
  const result = loadFile(name, served);
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join("\n"));
  return result.value;
}

const problems = (name: string): StartError | readonly [] => {
  const result = loadFile(name);
  return result.ok ? [] : result.error;
};

const serials = ({ config }: Loaded): readonly number[] => config.versions.map(({ serial }) => serial);
const exists = ({ names }: Loaded, name: string): boolean => createNames(names).closestTo(name)?.exact === true;

test("load: the serial is the second in which the file was changed, and rises with its text", async () => {
  await configureZones("serial.yaml", YAML_ZONE, 1_700_000_000);
  const first = loaded("serial.yaml");
  expect(serials(first)).toEqual([1_700_000_000]);
  expect(serials(loaded("serial.yaml"))).toEqual([1_700_000_000]);

  await configureZones("serial.yaml", YAML_ZONE, 1_700_000_100);
  expect(serials(loaded("serial.yaml", first.config.versions))).toEqual([1_700_000_000]);
  await configureZones("serial.yaml", `${YAML_ZONE} `, 1_700_000_000);
  expect(serials(loaded("serial.yaml", first.config.versions))).toEqual([1_700_000_001]);
});

test("load reads zone files and what they include", async () => {
  await writeFile(at("zones/main"), `${APEX}$INCLUDE more\n`);
  await configureZones("zone.yaml", `a.example: { file: ${quoted("zones/main")} }`);
  const zone = loaded("zone.yaml");
  expect(serials(zone)).toEqual([7]);
  expect(exists(zone, "www.a.example")).toBe(true);
});

test("load: a byte order mark is no text, in any file", async () => {
  await writeFile(at("zones/marked"), `\uFEFF${APEX}$INCLUDE more-marked\n`);
  await writeFile(at("zones/more-marked"), "\uFEFFwww A 192.0.2.1\n");
  await configureZones("marked.yaml", `a.example: { file: ${quoted("zones/marked")} }`);
  await writeFile(at("marked.yaml"), `\uFEFF${await readFile(at("marked.yaml"), "utf8")}`);
  expect(exists(loaded("marked.yaml"), "www.a.example")).toBe(true);
});

test("load refuses octets that are not UTF-8 where they stand, with what to write instead", async () => {
  await writeFile(at("zones/outer"), `${APEX}$INCLUDE latin1\n`);
  await configureZones("outer.yaml", `a.example: { file: ${quoted("zones/outer")} }`);
  const diagnostic = {
    file: at("zones/latin1"),
    line: 2,
    column: 9,
    what: "octets that are not UTF-8",
    found: String.raw`"\"\\233\""`,
    wanted: String.raw`UTF-8, or \DDD for an octet`,
  };
  expect(problems("outer.yaml")).toMatchObject([{ diagnostic }]);
});

test("load: octets of comments that are not UTF-8 are a warning", async () => {
  await writeFile(at("zones/old"), Buffer.from(`; café\n${APEX}www TXT x ; Zürich\n`, "latin1"));
  await configureZones("old.yaml", `a.example: { file: ${quoted("zones/old")} }`);
  const { config, names } = loaded("old.yaml");
  expect(createNames(names).closestTo("www.a.example")?.exact).toBe(true);
  expect(config.warnings).toMatchObject([
    { code: "not-utf8", file: at("zones/old"), line: 1, column: 1, found: "a comment and 1 more" },
  ]);
});

const PATH = "the path of a file; paths count from the configuration's folder";
const UTF8 = String.raw`UTF-8; in zone data \DDD may stand for an octet`;

test.for<[what: string, file: string, reason: string, wanted: string]>([
  ["a missing zone file", "zones/gone", "no such file", PATH],
  ["a path through a file", "zones/more/gone", "no such file", PATH],
  ["a directory", "zones", "a directory, not a file", PATH],
  ["a FIFO, which never ends", "fifo", "a FIFO, not a file", PATH],
  ["UTF-16", "zones/utf16", "not UTF-8 in line 1", UTF8],
])("load reports %s", async ([, file, reason, wanted]) => {
  await configureZones("bad.yaml", `a.example: { file: ${quoted(file)} }`);
  expect(problems("bad.yaml")).toMatchObject([
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
])("load reports %s in place of the configuration", ([, name, message]) => {
  expect(problems(name)).toEqual([{ code: "config-unreadable", message: `${at(name)}: ${message}` }]);
});

describe("paths count from the folder of the configuration", () => {
  const NAMED = `zones: { a.example: { file: zones/main, includes: zones } }
dns: { cookies: { secrets: hidden/cookies } }
geoip: { databases: [hidden/own.mmdb] }
`;

  test("of zone files, of secrets, of databases, whatever the working directory", async () => {
    await mkdir(at("hidden"), { recursive: true });
    await writeFile(at("hidden/cookies"), `${"5ec2e7".padEnd(32, "1")}\n`);
    await writeFile(at("hidden/own.mmdb"), mmdb([["192.0.2.0/24", { country_code: "DE" }]]));
    await writeFile(at("zones/main"), `${APEX}$INCLUDE more\n`);
    await configure("named.yaml", NAMED);
    for (const file of [at("named.yaml"), path.relative(process.cwd(), at("named.yaml"))]) {
      const found = load({ file, served: [], warns: false });
      expect(found.ok ? [] : found.error).toEqual([]);
    }
  });

  test("and diagnostics name files by paths from the working directory", async () => {
    await mkdir(at("hidden"), { recursive: true });
    await writeFile(at("zones/broken"), `${APEX}www A x\n`);
    await configure("broken.yaml", "zones: { a.example: { file: zones/broken } }\n");
    const found = load({ file: path.relative(process.cwd(), at("broken.yaml")), served: [], warns: false });
    const named = path.relative(process.cwd(), at("zones/broken"));
    expect(found.ok ? [] : found.error.map(({ diagnostic }) => diagnostic?.file)).toEqual([named]);
  });

  test("of a configuration without a file: from the working directory", () => {
    const octets = Buffer.from("zones: { a.example: { file: config/example.zone } }\n");
    const found = load({ file: "<stdin>", octets, served: [], warns: false });
    expect(found.ok ? [] : found.error).toEqual([]);
  });
});

describe("what may be read", () => {
  test.for<[what: string, include: string, includes: string | undefined, allowed: boolean]>([
    ["a file of the zone's folder", "more", undefined, true],
    ["a file below it", "below/more", undefined, true],
    ["a link to a file in it", "inside", undefined, true],
    ["a file beside it", "../secret", undefined, false],
    ["a file by its absolute path", "/ABSOLUTE", undefined, false],
    ["a link that leads out", "outside", undefined, false],
    ["a file beside it, where the folder above is named", "../zones2/more", ".", true],
    ["a file of the zone's folder, where another one is named", "more", "zones2", false],
  ])("$INCLUDE: %s", async ([, include, includes, allowed]) => {
    await mkdir(at("zones/below"), { recursive: true });
    await mkdir(at("zones2"), { recursive: true });
    for (const folder of ["zones/below", "zones2"]) await writeFile(at(`${folder}/more`), "www A 192.0.2.1\n");
    for (const [link, target] of [
      ["inside", "below/more"],
      ["outside", "../secret"],
    ] as const) {
      await rm(at(`zones/${link}`), { force: true });
      await symlink(target, at(`zones/${link}`));
    }
    await writeFile(at("zones/start"), `${APEX}$INCLUDE ${include.replace("/ABSOLUTE", at("secret"))}\n`);
    const folder = includes === undefined ? "" : `, includes: ${quoted(includes)}`;
    await configureZones("include.yaml", `a.example: { file: ${quoted("zones/start")}${folder} }`);
    const refusal = { code: "file-unreadable", diagnostic: { file: at("zones/start"), line: 4 } };
    const found = problems("include.yaml");
    expect(found).toMatchObject(allowed ? [] : [refusal]);
    const remedies = found.map(({ message }) => message.includes("or that folder in the zone's includes"));
    expect(remedies).toEqual(allowed ? [] : [true]);
  });

  test("nothing of a file that is no zone file is told", async () => {
    await configureZones("secret.yaml", `a.example: { file: ${quoted("secret")} }`);
    const found = problems("secret.yaml");
    expect(found.map(({ diagnostic }) => diagnostic?.line)).toEqual([1, 2]);
    expect(JSON.stringify(found)).not.toMatch(/root|salt|nobody|19000/);
  });

  test("a zone file is quoted, before its first record too", async () => {
    await writeFile(at("zones/typo"), `www AA 192.0.2.1\n${APEX}`);
    await configureZones("typo.yaml", `a.example: { file: ${quoted("zones/typo")} }`);
    expect(problems("typo.yaml")[0]?.message).toContain('unknown record type, found "AA"');
  });
});

describe("limits.load", () => {
  test("are told before any other file is read", async () => {
    await configure(
      "limits.yaml",
      `zones: { a.example: { file: ${quoted("fifo")} } }\nlimits: { load: { time: 7s, memory: 1GiB } }\n`,
    );
    const told: LoadLimits[] = [];
    load({ file: at("limits.yaml"), served: [], warns: false }, { onLimits: (limits) => void told.push(limits) });
    expect(told[0]).toEqual({ time: 7000, memory: 2 ** 30, databases: 2 ** 30, zoneFiles: 2 ** 25 });
  });

  test("zoneFiles is for all zone files together", async () => {
    await writeFile(at("zones/large"), `${APEX};${"x".repeat(40_000)}\n`);
    const zones = (size: string): string =>
      `zones: { a.example: { file: ${quoted("zones/large")} }, b.example: { file: ${quoted("zones/large2")} } }\n` +
      `limits: { load: { zoneFiles: ${size} } }\n`;
    await writeFile(at("zones/large2"), `${APEX};${"x".repeat(40_000)}\n`);
    await configure("zonefiles.yaml", zones("79KiB"));
    expect(problems("zonefiles.yaml")).toEqual([]);
    await configure("zonefiles.yaml", zones("78KiB"));
    expect(problems("zonefiles.yaml")).toMatchObject([
      {
        code: "file-unreadable",
        diagnostic: {
          line: 1,
          what: "a zone file that cannot be read: too large: 39.1KiB",
          wanted: "at most 38.9KiB (what is left of limits.load.zoneFiles)",
        },
      },
    ]);
  });

  test("databases is for all of them together, and what cannot be read is told of each", async () => {
    await writeFile(at("good.mmdb"), mmdb([["192.0.2.0/24", { country_code: "DE" }]]));
    await writeFile(at("large.mmdb"), Buffer.alloc(2 ** 20));
    const databases = ["gone.mmdb", "fifo", "good.mmdb", "large.mmdb", "secret"].map(quoted).join(", ");
    await configure(
      "databases.yaml",
      `zones: { ${YAML_ZONE} }\ngeoip: { databases: [${databases}] }\nlimits: { load: { databases: 1MiB } }\n`,
    );
    expect(problems("databases.yaml").map(({ code, message }) => `${code} ${message.replaceAll(`${directory}/`, "")}`))
      // prettier-ignore
      .toEqual([
        `geoip-unreadable databases.yaml:2:22 geoip.databases[0]: a GeoIP database that cannot be read: no such file, found "gone.mmdb", wanted ${PATH}`,
        `geoip-unreadable databases.yaml:2:56 geoip.databases[1]: a GeoIP database that cannot be read: a FIFO, not a file, found "fifo", wanted ${PATH}`,
        'geoip-unreadable databases.yaml:2:119 geoip.databases[3]: a GeoIP database that cannot be read: too large: 1MiB, found "large.mmdb", wanted at most 1023KiB (what is left of limits.load.databases)',
        'geoip-foreign databases.yaml:2:154 geoip.databases[4]: a GeoIP database that cannot be used: no MaxMind DB metadata: not such a file, or one cut short, found "secret", wanted a GeoIP database in MaxMind DB format (.mmdb)',
      ]);
  });
});
