/**
 * `geosteer residency`: which clients may get which endpoints under residency rules, and whether these hold, for a terminal
 * or for an auditor's file. docs/residency-report.md tells of it.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { digestsOfFiles } from "../../app/load/source-archive.ts";
import type { LoadedGeneration } from "../../app/load/loader.ts";
import { VERSION } from "../../app/version.ts";
import type { GenerationEntry } from "../../control/control.ts";
import { nearestWord } from "../../config/nearest-word.ts";
import type { ResidencyRule, Snapshot } from "../../routing/snapshot.ts";
import { readSnapshot } from "../../server/threads/posted-snapshot.ts";
import { EXIT } from "../exit-codes.ts";
import { loadConfiguration } from "../load-configuration.ts";
import { printProblems } from "../print-problems.ts";
import { printAside, printText } from "../print-text.ts";
import { findServer } from "../remote/find-server.ts";
import { createClient, type Client } from "../remote/http-client.ts";
import type { Failure } from "../remote/failure.ts";
import { attributionOf } from "../residency/attribution.ts";
import { reportCsv } from "../residency/report-csv.ts";
import { reportHtml } from "../residency/report-html.ts";
import { reportText } from "../residency/report-text.ts";
import { matrixOf, rulesOf, type ResidencyReport, type SharesOf, type SharesSource } from "../residency/report.ts";
import { askForShares, sharesExplained, sharesOnline } from "../residency/shares.ts";
import { verify } from "../residency/verify.ts";
import { screenOf } from "../text/screen.ts";
import { workingFolder } from "../working-folder.ts";

export const FORMATS = ["text", "json", "csv", "html"] as const;

export interface ResidencyOptions {
  readonly rule?: string;
  readonly server?: string;
  readonly tokenFile?: string;
  readonly verify?: boolean;
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
}

export async function residency(config: string, options: ResidencyOptions): Promise<void> {
  const { file, loaded } = await loadConfiguration(config, { warns: false, reports: true });
  if (!loaded.ok) return fail(loaded.error);
  const snapshot = readSnapshot(loaded.value.snapshot);
  const rule = snapshot.residency.find(({ name }) => name === options.rule);
  if (options.rule !== undefined && rule === undefined) return fail([unknownRule(options.rule, snapshot)]);
  if (snapshot.residency.length === 0) {
    return fail([{ code: "no-residency-rules", message: `${file}: no residency rules; write some under residency` }]);
  }
  const server = await findShares(config, options, snapshot);
  if (!server.ok) return fail([server.failure], server.failure.exit);
  const report = await reportOf({
    file,
    loaded: loaded.value,
    snapshot,
    rule,
    ...server,
    options,
  });
  process.exitCode = report.pass ? EXIT.done : EXIT.failed;
  const screen = options.output === undefined ? screenOf(process.stdout) : PLAIN;
  const told = formats[options.format](report, screen);
  if (options.output === undefined) return printText(told);
  try {
    writeFileSync(path.resolve(workingFolder(), options.output), told);
  } catch (cause) {
    return fail([{ code: "output-unwritable", message: `--output ${options.output}: ${(cause as Error).message}` }]);
  }
  return undefined;
}

const PLAIN: Parameters<typeof reportText>[1] = { width: undefined, paint: (_, text) => text };

const formats: Readonly<Record<ResidencyOptions["format"], typeof reportText>> = {
  text: reportText,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  csv: reportCsv,
  html: reportHtml,
};

function fail(problems: Parameters<typeof printProblems>[0], exit: number = EXIT.failed): void {
  process.exitCode = exit;
  printProblems(problems);
}

function unknownRule(name: string, { residency: rules }: Snapshot) {
  const names = rules.map((rule) => rule.name);
  const meant = nearestWord(name, names);
  const hint = meant === undefined ? `the configuration has ${names.join(", ") || "none"}` : `did you mean ${meant}?`;
  return { code: "unknown-rule", message: `--rule ${name}: no such residency rule; ${hint}` };
}

interface Made {
  readonly file: string;
  readonly loaded: LoadedGeneration;
  readonly snapshot: Snapshot;
  readonly rule: ResidencyRule | undefined;
  readonly source: (hash: string | undefined) => Promise<SharesSource>;
  readonly sharesOf: SharesOf;
  readonly options: ResidencyOptions;
}

async function reportOf({ file, loaded, snapshot, rule, source, sharesOf, options }: Made): Promise<ResidencyReport> {
  const { geo, config, archive } = loaded;
  const onProgress = progress();
  const { rows, broken } = await matrixOf({ snapshot, clients: geo.clients, rule, sharesOf, onProgress });
  const rules = rulesOf(snapshot, config.residency, broken, rule);
  const [configuration, ...zoneFiles] = archive === undefined ? [] : digestsOfFiles(archive.octets);
  return {
    made: new Date().toISOString(),
    version: VERSION,
    configuration: { file, sha256: configuration?.sha256 ?? "" },
    zoneFiles,
    databases: geo.databases.map(({ file: name, type, built }) => ({
      file: path.basename(name),
      sha256: geo.identity.files.find((one) => one.file === name)?.digest ?? "",
      type,
      built: built.toISOString().slice(0, 10),
    })),
    attribution: attributionOf(geo.databases.flatMap(({ type, file: name }) => [type, path.basename(name)])),
    shares: await source(archive?.hash),
    pass: rules.every(({ pass }) => pass),
    rules,
    matrix: rows,
    verified:
      options.verify === true
        ? verify(snapshot, geo.table, rule === undefined ? snapshot.residency : [rule])
        : undefined,
  };
}

/** Milliseconds between two lines of what is done. */
const PROGRESS = 2000;

function progress(): (done: number, all: number) => void {
  let told = performance.now();
  return (done, all) => {
    if (performance.now() - told < PROGRESS) return;
    told = performance.now();
    printAside(`${done} of ${all} profiles\n`);
  };
}

type Shares =
  | {
      readonly ok: true;
      /** Known when all shares were asked for. `hash`: of the files of this report. */
      readonly source: (hash: string | undefined) => Promise<SharesSource>;
      readonly sharesOf: SharesOf;
    }
  | { readonly ok: false; readonly failure: Failure };

/**
 * The server that is named must answer; the one of the configuration's socket need not be there. What one profile's name is
 * not known to it has no shares.
 */
async function findShares(
  config: string,
  { server, tokenFile }: ResidencyOptions,
  snapshot: Snapshot,
): Promise<Shares> {
  const online = (why: string): Shares => {
    return { ok: true, source: () => Promise.resolve({ of: "all-online", why }), sharesOf: sharesOnline(snapshot) };
  };
  if (server === undefined && config === "-") return online("no server was named");
  const options = { config, ...(server !== undefined && { server }), ...(tokenFile !== undefined && { tokenFile }) };
  const found = findServer(options, { env: process.env, folder: workingFolder() });
  if (!found.ok)
    return server === undefined ? online("no running server was found") : { ok: false, failure: found.error };
  const client: Client = createClient(found.value);
  const up = await client.ask<object>("GET", "/status");
  if (!up.ok) return server === undefined ? online("its server does not answer") : { ok: false, failure: up.error };
  let generation = 0;
  return {
    ok: true,
    async source(hash) {
      const served = await hashOf(client, generation);
      const configuration = served === undefined || hash === undefined ? "unknown" : served === hash ? "same" : "other";
      return { of: "server", server: client.server, generation, configuration };
    },
    async sharesOf(profile, of) {
      const explained = await askForShares(client, profile, of);
      if (!explained.ok) return undefined;
      ({ generation } = explained.value);
      return sharesExplained(explained.value, profile, snapshot);
    },
  };
}

/** Undefined: the server does not tell it. */
async function hashOf(client: Client, generation: number): Promise<string | undefined> {
  const page = await client.ask<{ readonly items?: readonly GenerationEntry[] }>("GET", "/generations");
  return page.ok ? page.value.items?.find(({ number }) => number === generation)?.hash : undefined;
}
