/** Each bad file in the place of each file that is read: while the server serves, and when it starts. */
import { setTimeout as delay } from "node:timers/promises";
import { KINDS, putBad, type Kind } from "../bad-files.ts";
import { SECRET_WORD } from "../bad-contents.ts";
import { fitting } from "../codes.ts";
import { startFlood, type Flood } from "../flood.ts";
import type { LogEntry } from "../log-lines.ts";
import { promiseStop, type Bench, type Scene } from "../scene.ts";
import { isReady, runServer, type Server } from "../server.ts";
import { createWorld, FILES, type FileName, type World } from "../world.ts";

/** Milliseconds: `limits.load.time`, and some for a busy machine. */
const LOAD_LIMIT = 150_000;

interface Trial {
  readonly file: FileName;
  readonly kind: Kind;
}

const trials = new Map<string, Trial>(
  FILES.flatMap((file) => KINDS.map((kind) => [`${file}: ${kind}`, { file, kind }] as const)),
);

const scene = { trials: [...trials.keys()] };

export const reloadedFiles: Scene = {
  ...scene,
  name: "bad file at a reload",
  // Each kind once.
  sample: (chance) => KINDS.map((kind) => `${chance.pick(FILES)}: ${kind}`),
  async run(bench, names) {
    const world = await createWorld(bench.folder);
    let serving = await serve(names[0]!, world);
    for (const name of names) {
      bench.progress(name);
      await reloadTrial(bench, { name, ...trials.get(name)! }, world, serving);
      if (serving.server.exit() === undefined) continue;
      await end(bench, name, serving);
      serving = await serve(name, world);
    }
    await end(bench, "stop", serving);
    await world.close();
  },
};

interface Serving {
  readonly server: Server;
  readonly flood: Flood;
}

async function serve(trial: string, world: World): Promise<Serving> {
  const server = runServer({ file: world.places.configuration.path, http: world.http });
  if (!(await isReady(server, world.http))) throw new Error(`${trial}: it does not start: ${server.text()}`);
  return { server, flood: await startFlood({ port: world.dns, questions: world.questions }) };
}

async function end(bench: Bench, trial: string, { server, flood }: Serving): Promise<void> {
  await flood.stop();
  const counted = (await server.metrics())?.sum("geosteer_queries_total", 'transport="udp"');
  if (server.exit() === undefined) {
    const answered = flood.answeredOverUdp();
    const found = `${counted} counted, ${answered} answered`;
    bench.promise(trial, "each answer is counted, over all reloads", counted === answered, found);
    await promiseStop(bench, trial, server);
  }
  bench.floodEnded(trial, flood);
  bench.serverEnded(server);
}

interface NamedTrial extends Trial {
  readonly name: string;
}

async function reloadTrial(
  bench: Bench,
  { name, file, kind }: NamedTrial,
  world: World,
  { server }: Serving,
): Promise<void> {
  const from = server.mark();
  const undo = await putBad(kind, world.places[file]);
  const first = await reload(server);
  const { codes, mayLoad } = fitting(file, kind);
  const found = first === undefined ? ["nothing"] : refusals(server.entries(from));
  const isRight = found.length === 0 ? mayLoad : codes.some((code) => found[0] === code);
  bench.promise(name, `told: ${codes.join(" or ") || "no failure"}`, isRight, found.slice(0, 3).join(", ") || "loaded");
  const text = server.text();
  bench.promise(name, "nothing of a foreign file is told", !text.includes(SECRET_WORD));
  bench.promise(name, "the process is alive", server.exit() === undefined, lastWords(server));
  const success = Number(isRight && found.length === 0);
  const value = (await server.metrics())?.value("geosteer_config_last_load_success");
  bench.promise(name, `config_last_load_success is ${success}`, value === success, String(value));

  await undo();
  world.restore(file);
  const next = await reload(server);
  bench.promise(name, "the next good reload works", isTaken(next), JSON.stringify(next));
  const mended = (await server.metrics())?.value("geosteer_config_last_load_success");
  bench.promise(name, "config_last_load_success is 1 again", mended === 1, String(mended));
}

/** What the log says of it in the end. */
async function reload(server: Server): Promise<LogEntry | undefined> {
  const from = server.mark();
  server.signal("SIGHUP");
  const entry = await server.told(from, (one) => isTaken(one) || isRefused(one), LOAD_LIMIT);
  // Further problems are written in the same turn.
  await delay(50);
  return entry;
}

const isTaken = (entry: LogEntry | undefined): boolean => entry?.msg === "serving a new generation";
const isRefused = ({ msg, level }: LogEntry): boolean => level === "error" && msg.includes("new configuration");

const refusals = (entries: readonly LogEntry[]): readonly string[] =>
  entries.filter(isRefused).map(({ code }) => String(code));

const lastWords = (server: Server): string => `${JSON.stringify(server.exit())} ${server.stderr().slice(-500)}`;

/** Starts of the short form. */
const SHORT_STARTS = 6;

export const filesAtStart: Scene = {
  ...scene,
  name: "bad file at the start",
  sample(chance) {
    const names = [...scene.trials];
    return Array.from({ length: SHORT_STARTS }, () => names.splice(chance.below(names.length), 1)[0]!);
  },
  async run(bench, names) {
    const world = await createWorld(bench.folder);
    for (const name of names) {
      bench.progress(name);
      await startTrial(bench, { name, ...trials.get(name)! }, world);
    }
    await world.close();
  },
};

/** A problem as `serve` prints it: a line that ends with its code. */
const PROBLEM = /^\S.* \(([a-z-]+)\)$/;

async function startTrial(bench: Bench, { name, file, kind }: NamedTrial, world: World): Promise<void> {
  const undo = await putBad(kind, world.places[file]);
  const { codes, mayLoad } = fitting(file, kind);
  const told = codes.join(" or ") || "no failure";
  const server = runServer({ file: world.places.configuration.path, http: world.http });
  if (await isReady(server, world.http)) {
    bench.promise(name, `told: ${told}`, mayLoad, "it serves");
    await promiseStop(bench, name, server);
  } else {
    const isOver = await server.ended(LOAD_LIMIT);
    const lines = server.stderr().trimEnd().split("\n");
    const found = JSON.stringify([server.exit(), ...lines.slice(0, 5)]);
    bench.promise(name, "a start that fails ends with exit code 1", server.exit()?.code === 1, found);
    if (!isOver) await server.stop();
    const printed = lines.map((line) => PROBLEM.exec(line)?.[1]);
    bench.promise(
      name,
      `told: ${told}`,
      codes.some((code) => code === printed[0]),
      found,
    );
    bench.promise(name, "each line on standard error is a problem with its code", !printed.includes(undefined), found);
    bench.promise(name, "nothing of a foreign file is told", !server.text().includes(SECRET_WORD));
  }
  await undo();
  world.restore(file);
}
