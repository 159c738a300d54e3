/**
 * `npm run stress [-- --starts 40 --questions 30000]`: whether the first answers of a server are right. Starts it with a
 * city database again and again, floods it from before it listens, loads everything anew meanwhile, and compares each
 * answer's address and scope with what they are by definition. Ends with 1 where one is wrong or missing. Linux with two
 * cores; a start takes some seconds.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { load } from "../../src/app/load/load.ts";
import type { Snapshot } from "../../src/routing/snapshot.ts";
import { createChance } from "../fuzz/chance.ts";
import { cityDatabases } from "./city-database.ts";
import { expectedAnswers, type ExpectedOf } from "./expected.ts";
import { flood, type Outcome } from "./flood.ts";
import { createQuestions, type Question } from "./questions.ts";
import { freePort } from "../support/free-port.ts";

const { values } = parseArgs({
  options: {
    starts: { type: "string", default: "40" },
    questions: { type: "string", default: "30000" },
    /** UDP workers, and bits of client subnets that the server uses: `IPv4/IPv6`. In turn. */
    workers: { type: "string", multiple: true, default: ["1", "2"] },
    longest: { type: "string", multiple: true, default: ["32/128", "32/128", "24/56"] },
    udp: { type: "string", default: "auto" },
    /** During each flood, of the other database. */
    reloads: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    /** Options of Node for the server, such as `--node=--jit-fuzzing`. */
    node: { type: "string", multiple: true, default: [] },
  },
});
const starts = Number(values.starts);
const count = Number(values.questions);
const reloads = Number(values.reloads);
const chance = createChance(Number(values.seed));

const scratch = mkdtempSync(path.join(tmpdir(), "geosteer-stress-"));
process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
const configFile = path.join(scratch, "geosteer.yaml");
const database = path.join(scratch, "city.mmdb");
const { files, networks } = cityDatabases(2, chance);

/** As an operator does it: the server never sees half a file. */
function putDatabase(index: number): void {
  writeFileSync(`${database}.new`, files[index % files.length]!);
  renameSync(`${database}.new`, database);
}

interface Setting {
  readonly port: number;
  readonly workers: string;
  readonly longest: string;
}

/** Profiles that share a geography, that lead to each other, and that nest each other. */
function yaml({ port, workers, longest }: Setting): string {
  const [ipv4, ipv6] = longest.split("/");
  const placed = (first: number): string =>
    ["DE", "GB", "TR", "US", "BR", "IN", "JP"]
      .map((code, i) => `e${i}: { address: 192.0.2.${first + i}, location: ${code} }`)
      .join(", ");
  return `
listen: { dns: ["127.0.0.1:${port}"], http: off, udp: ${values.udp}, workers: ${workers} }
dns: { ecs: { ipv4: ${ipv4}, ipv6: ${ipv6} } }
geoip: { databases: [${JSON.stringify(database)}] }
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
profiles:
  near: { names: [near.gtm.example.com], method: performance, tolerance: 0%, endpoints: { ${placed(10)} } }
  twin: { names: [twin.gtm.example.com], method: performance, tolerance: 0%, endpoints: { ${placed(20)} } }
  wide: { names: [wide.gtm.example.com], method: performance, tolerance: 40%, endpoints: { ${placed(30)} } }
  area:
    names: [area.gtm.example.com]
    method: geographic
    whenRegionDown: nearest
    endpoints:
      eu: { address: 192.0.2.50, regions: [GEO-EU], location: FR }
      us: { address: 192.0.2.51, regions: [US, CA], location: US }
      office: { address: 192.0.2.52, networks: [40.0.0.0/10, "2a00:4000::/20"], location: BR }
      rest: { profile: near, regions: [WORLD], location: JP }
  leads:
    names: [leads.gtm.example.com]
    method: geographic
    endpoints:
      us: { address: 192.0.2.60, regions: [GEO-NA] }
      rest: { host: near.gtm.example.com, regions: [WORLD] }
`;
}

/** What the configuration and each of the databases make the server answer. */
function createOracle(): { readonly snapshot: Snapshot; readonly expectedOf: readonly ExpectedOf[] } {
  const loads = Array.from(files.keys(), (index) => {
    putDatabase(index);
    const loaded = load({ file: configFile, served: [], warns: false });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
    const { config, geo } = loaded.value;
    if (!("table" in geo)) throw new Error("nothing is served that could be kept");
    const { places, ipv4, ipv6 } = geo.table;
    console.log(`${places.country.length} places, ${ipv4.count} leaves of IPv4 and ${ipv6.count} of IPv6`);
    return { config, geo };
  });
  const { snapshot } = loads[0]!.config;
  return { snapshot, expectedOf: loads.map(({ geo }) => expectedAnswers(snapshot, geo.table)) };
}

interface Run extends Outcome {
  /** Seconds from the start of the process to the end of the flood. */
  readonly took: number;
  /** Lines of the log at `warn` and above. */
  readonly complaints: readonly string[];
}

async function run(port: number, questions: readonly Question[]): Promise<Run> {
  const from = performance.now();
  const command = [...values.node, "src/cli/main.ts", "serve", configFile];
  const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
  let log = "";
  child.stdout.on("data", (chunk) => {
    log += String(chunk);
  });
  const exit = once(child, "exit");
  let loads = 1;
  const outcome = await flood({
    port,
    questions,
    onAnswer(answers) {
      if (loads <= reloads && answers >= (loads * questions.length) / (reloads + 1)) {
        putDatabase(loads++);
        child.kill("SIGHUP");
      }
      return Math.min(loads, files.length);
    },
  });
  const took = (performance.now() - from) / 1000;
  child.kill("SIGTERM");
  await exit;
  return {
    ...outcome,
    took,
    complaints: log.split("\n").filter((line) => /"level":"?(warn|error|fatal|[456]0)/.test(line)),
  };
}

const sum = { questions: 0, answers: 0, ofLater: 0, repeated: 0, underAnothersId: 0, lost: 0, wrong: 0, complaints: 0 };
let oracle: Awaited<ReturnType<typeof createOracle>> | undefined;
for (let start = 1; start <= starts; start++) {
  const workers = values.workers[start % values.workers.length]!;
  const longest = values.longest[start % values.longest.length]!;
  const port = await freePort();
  writeFileSync(configFile, yaml({ port, workers, longest }));
  oracle ??= createOracle();
  putDatabase(0);
  const [ipv4, ipv6] = longest.split("/").map(Number) as [number, number];
  const questions = createQuestions({ ...oracle, networks, longest: { ipv4, ipv6 }, chance })(count);
  const { took, wrong, complaints, ...counts } = await run(port, questions);
  sum.questions += questions.length;
  sum.answers += counts.answers;
  sum.ofLater += counts.ofLater;
  sum.repeated += counts.repeated;
  sum.underAnothersId += counts.underAnothersId;
  sum.lost += counts.lost;
  sum.wrong += wrong.length;
  sum.complaints += complaints.length;
  console.log(
    `start ${start}, ${workers} UDP, ${longest}: ${took.toFixed(1)} s, ${wrong.length} wrong`,
    JSON.stringify(counts),
  );
  for (const line of [...wrong.slice(0, 20), ...complaints]) console.log(`  ${line}`);
}
console.log(JSON.stringify(sum));
process.exitCode = sum.wrong + sum.lost + sum.complaints > 0 ? 1 : 0;
