/** A server that takes up its files by itself: real files, changed as operators and Kubernetes change them. */
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { createGeosteer } from "../../src/app/geosteer.ts";
import { createLogger } from "../../src/telemetry/logger.ts";
import { askUdp, serverAt, subnet } from "../support/dns-client.ts";
import { mmdb } from "../support/mmdb-writer.ts";

vi.setConfig({ testTimeout: 120_000 });

const CONFIG = `
listen: { dns: ["127.0.0.1:0"], http: off, workers: 1 }
dns: { cookies: { secrets: cookies } }
geoip: { databases: [own.mmdb] }
zones: { gtm.example.com: { file: gtm.zone } }
profiles:
  www: { names: [www.gtm.example.com], method: geographic, endpoints: { de: { address: 192.0.2.1, regions: [DE] }, world: { address: 192.0.2.2, regions: [WORLD] } } }
`;
const ZONE = "$TTL 60\n@ SOA a b 7 1 1 1 1\n@ NS ns.example.net.\n$INCLUDE more.zone\n";
const FILES: Readonly<Record<string, string | Buffer>> = {
  "geosteer.yaml": CONFIG,
  "gtm.zone": ZONE,
  "more.zone": "static A 192.0.2.9\n",
  cookies: `${"5ec2e7".padEnd(32, "1")}\n`,
  "own.mmdb": mmdb([["198.51.100.0/24", { country_code: "DE" }]]),
};

async function folder(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

async function writeAll(directory: string, more: typeof FILES = {}): Promise<void> {
  for (const [name, content] of Object.entries({ ...FILES, ...more })) {
    await writeFile(path.join(directory, name), content);
  }
}

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly code?: string;
}

async function serve(configFile: string) {
  const lines: Line[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
  const logger = createLogger({ pretty: false, destination });
  const geosteer = createGeosteer({ configFile, folder: "/" }, { logger });
  onTestFinished(async () => void (await geosteer.stop()));
  const started = await geosteer.start();
  if (!started.ok) throw new Error(started.error.map(({ message }) => message).join("\n"));
  const server = serverAt(started.value.dns[0]!);
  const answer = async (name: string): Promise<string> => {
    const asked = { name: `${name}.gtm.example.com`, ecs: subnet("198.51.100.0/24") };
    return (await askUdp(server, asked)).answers.map((line) => line.split(" ").at(-1)).join();
  };
  const count = (sentence: string): number => lines.filter(({ msg }) => msg === sentence).length;
  return { geosteer, lines, answer, count };
}

const SOON = { timeout: 60_000, interval: 100 };

const REFUSED = "the new configuration is not used";
const TAKEN = "serving a new generation";

test("each kind of file that a configuration is made of is taken up by itself when it changes", async () => {
  const directory = await folder();
  await writeAll(directory);
  const { answer, count, lines } = await serve(path.join(directory, "geosteer.yaml"));
  await expect.poll(() => answer("www"), SOON).toBe("192.0.2.1");

  await writeFile(path.join(directory, "more.zone"), "static A 192.0.2.10\n");
  await expect.poll(() => answer("static"), SOON).toBe("192.0.2.10");
  await writeFile(path.join(directory, "own.mmdb"), mmdb([["198.51.100.0/24", { country_code: "FR" }]]));
  await expect.poll(() => answer("www"), SOON).toBe("192.0.2.2");
  await writeFile(path.join(directory, "geosteer.yaml"), CONFIG.replace("192.0.2.2", "192.0.2.3"));
  await expect.poll(() => answer("www"), SOON).toBe("192.0.2.3");
  const taken = count(TAKEN);
  await writeFile(path.join(directory, "cookies"), `${"5ec2e7".padEnd(32, "2")}\n`);
  await expect.poll(() => count(TAKEN), SOON).toBe(taken + 1);
  expect(lines.filter(({ level }) => level === "error")).toEqual([]);
});

test("a broken file: the last good generation serves on, one error says why, and the repair is taken up by itself", async () => {
  const directory = await folder();
  await writeAll(directory);
  const { answer, count, lines } = await serve(path.join(directory, "geosteer.yaml"));
  await writeFile(path.join(directory, "gtm.zone"), `${ZONE}static A 192.0.2\n`);
  await expect.poll(() => count(REFUSED), SOON).toBe(1);
  expect(await answer("static")).toBe("192.0.2.9");
  // Told once, however often it is looked at.
  await delay(6000);
  expect(lines.filter(({ level }) => level === "error")).toMatchObject([{ msg: REFUSED, code: "bad-record" }]);

  await writeFile(path.join(directory, "gtm.zone"), `${ZONE}static A 192.0.2.11\n`);
  await expect.poll(() => answer("static"), SOON).toBe("192.0.2.9,192.0.2.11");
  expect(count(REFUSED)).toBe(1);
});

test("a file that is gone is told once, and taken up when it is back", async () => {
  const directory = await folder();
  await writeAll(directory);
  const { answer, count } = await serve(path.join(directory, "geosteer.yaml"));
  await rm(path.join(directory, "geosteer.yaml"));
  await expect.poll(() => count(REFUSED), SOON).toBe(1);
  await writeFile(path.join(directory, "geosteer.yaml"), CONFIG.replace("192.0.2.1,", "192.0.2.4,"));
  await expect.poll(() => answer("www"), SOON).toBe("192.0.2.4");
  expect(count(REFUSED)).toBe(1);
});

test("a ConfigMap of Kubernetes: each version that is published is taken up whole", async () => {
  const directory = await folder();
  const publish = async (version: string, files: typeof FILES): Promise<void> => {
    await mkdir(path.join(directory, `..${version}`));
    await writeAll(path.join(directory, `..${version}`), files);
    await symlink(`..${version}`, path.join(directory, "..data_tmp"));
    await rename(path.join(directory, "..data_tmp"), path.join(directory, "..data"));
  };
  await publish("1", {});
  for (const name of Object.keys(FILES)) await symlink(`..data/${name}`, path.join(directory, name));
  const { answer, count, lines } = await serve(path.join(directory, "geosteer.yaml"));
  await publish("2", {
    "geosteer.yaml": CONFIG.replace("192.0.2.1,", "192.0.2.4,"),
    "more.zone": "static A 192.0.2.12\n",
  });
  await rm(path.join(directory, "..1"), { recursive: true });
  await expect.poll(() => answer("www"), SOON).toBe("192.0.2.4");
  await expect.poll(() => answer("static"), SOON).toBe("192.0.2.12");
  await publish("3", { "more.zone": "static A 192.0.2.13\n" });
  await expect.poll(() => answer("static"), SOON).toBe("192.0.2.13");
  await expect.poll(() => count(TAKEN), SOON).toBe(2);
  expect(lines.filter(({ level }) => level === "error")).toEqual([]);
});

test("a change while a load is under way is not missed", async () => {
  const directory = await folder();
  await writeAll(directory);
  const { geosteer, answer } = await serve(path.join(directory, "geosteer.yaml"));
  for (let i = 20; i < 24; i++) {
    const loading = geosteer.reload();
    // At another moment of it each time.
    await delay((i - 20) * 250);
    await writeFile(path.join(directory, "more.zone"), `static A 192.0.2.${i}\n`);
    await loading;
    await expect.poll(() => answer("static"), SOON).toBe(`192.0.2.${i}`);
  }
});

test("reload.watch: false leaves files alone until it is asked to load", async () => {
  const directory = await folder();
  await writeAll(directory, { "geosteer.yaml": `reload: { watch: false }\n${CONFIG}` });
  const { geosteer, answer, count } = await serve(path.join(directory, "geosteer.yaml"));
  await writeFile(path.join(directory, "more.zone"), "static A 192.0.2.10\n");
  await delay(7000);
  expect(count(TAKEN)).toBe(0);
  expect(await answer("static")).toBe("192.0.2.9");
  await geosteer.reload();
  expect(await answer("static")).toBe("192.0.2.10");
});
