/**
 * Loads in a process of its own: whatever the files hold, this one is neither held up nor ended. What comes back are
 * tables in shared memory and a snapshot.
 *
 * A thread would not do. V8 ends the whole process, not the thread that is out of memory, when one allocation is larger
 * than what is left: a Map or Set that grows, a long text, a list of numbers.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serialize } from "node:v8";
import type { WatchedLoad } from "../../health/load/load-book.ts";
import type { ProbePlan } from "../../health/probe-target.ts";
import { outlineOf, type Outline } from "../../routing/outline.ts";
import { collectYoung } from "../../server/threads/collect-garbage.ts";
import { fromSlicesInTurns } from "../../server/threads/slices.ts";
import { formatSize } from "../../config/text/size.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { LoadLimits } from "../../shared/server-settings.ts";
import type { StartError, StartErrorCode } from "../start-error.ts";
import type { KeptGeo, LoadedGeo, ServedGeo } from "./databases.ts";
import type { FromLoad, SentLoad } from "./load-messages.ts";
import { MESSAGES } from "./load-messages.ts";
import type { LoadRequest } from "./load.ts";
import type { SourceFile } from "./source-file.ts";
import { createUnpacker } from "./transfer.ts";

/** What a load has made, as the main thread keeps it. */
export interface LoadedGeneration extends Omit<SentLoad, "outline" | "targets" | "probed" | "loads" | "targetTexts"> {
  /** Octets of all of it as it came; most of them lie in shared memory. */
  readonly size: number;
  readonly geo: LoadedGeo;
  /** Whether the leaf table is the one that was served before; it is no part of `size` then. */
  readonly keepsTable: boolean;
  readonly outline: Outline;
  readonly probes: ProbePlan;
  readonly loads: readonly WatchedLoad[];
  /** What each endpoint answers with, by its id. */
  readonly targetTexts: readonly string[];
}

export interface Loader {
  /**
   * One at a time. `geo`: what is served now. `onFile`: is told each file before it is read, whatever becomes of the load; the
   * configuration may come several times.
   */
  load(request: LoadRequest, geo?: LoadedGeo, onFile?: OnFile): Promise<Result<LoadedGeneration, StartError>>;
  /** Ends a load that is under way. */
  stop(): void;
}

type OnFile = (file: SourceFile) => void;

type Brought = SentLoad & Pick<LoadedGeneration, "size"> & { readonly geo: LoadedGeo | KeptGeo };

/** What holds until a configuration has said its own limits; the schema's defaults. */
export const FIRST_LIMITS: Pick<LoadLimits, "time" | "memory"> = { time: 120_000, memory: 2 * 2 ** 30 };

/** The process's module: .ts in the sources, .js in the published package. */
const ENTRY = new URL(import.meta.url.endsWith(".ts") ? "./load-process.ts" : "./load-process.js", import.meta.url);

/** One tells the memory that the configuration allows, the next has it. */
const MAX_ATTEMPTS = 3;

/** Octets that are received between two collections. */
const UNTIDY = 16 * 2 ** 20;

/** Octets of standard error that are kept: V8 tells there why it gave up. */
const LAST_WORDS = 16_384;

/** `folder`: from where the paths of configurations count. */
export function createLoader({ folder }: { readonly folder: string }): Loader {
  let limits = FIRST_LIMITS;
  let running: ChildProcess | undefined;
  let stopped = false;

  /** One attempt under the limits of the moment; undefined where the configuration has other ones. */
  const attempt = (request: LoadRequest, onFile: OnFile): Promise<Result<Brought, StartError> | undefined> =>
    new Promise((resolve) => {
      const { memory } = limits;
      let child: ChildProcess;
      try {
        child = start(memory, folder);
      } catch (cause) {
        const message = `${request.file}: ${NO_START}: ${(cause as Error).message}`;
        return resolve(err([{ code: "load-failed", message }]));
      }
      running = child;
      const startedAt = performance.now();
      const failed = (code: StartErrorCode, what: string): void =>
        end(err([{ code, message: `${request.file}: ${what}` }]));
      const late = (): void =>
        failed("load-too-long", `not loaded within ${limits.time / 1000} s; mend the files, or raise limits.load.time`);
      let timer = setTimeout(late, limits.time);
      let size = 0;
      let tidied = 0;
      let geo: LoadedGeo | KeptGeo | undefined;
      const end = (result: Result<SentLoad, StartError> | undefined): void => {
        clearTimeout(timer);
        if (running === child) running = undefined;
        child.kill("SIGKILL");
        // It comes before what it belongs to.
        resolve(result?.ok === true ? ok({ ...result.value, size, geo: geo! }) : result);
      };

      const messages = createUnpacker((value) => {
        const message = value as FromLoad;
        if (message.kind === "loaded") return end(message.result);
        if (message.kind === "file") return onFile(message.file);
        if (message.kind === "geo") {
          ({ geo } = message);
          return undefined;
        }
        limits = message.limits;
        if (limits.memory !== memory) return end(undefined);
        clearTimeout(timer);
        timer = setTimeout(late, Math.max(0, limits.time - (performance.now() - startedAt)));
        return undefined;
      });
      child.on("error", (cause) => failed("load-failed", `${NO_START}: ${cause.message}`));
      // Where no descriptor is left there is not even a list of streams.
      const stream = child.stdio?.[MESSAGES] as NodeJS.ReadableStream | null | undefined;
      stream?.on("data", (octets: Buffer) => {
        size += octets.length;
        // The pieces are garbage as soon as they are taken, and V8 would collect it all at once.
        if (size - tidied >= UNTIDY) {
          tidied = size;
          collectYoung();
        }
        try {
          messages.take(octets);
        } catch (cause) {
          failed("load-failed", `${NO_MESSAGE} (${(cause as Error).message})`);
        }
      });
      let words = "";
      child.stderr?.on("data", (text: Buffer) => {
        words = (words + text.toString("latin1")).slice(-LAST_WORDS);
      });
      child.on("close", (code, signal) => {
        if (stopped) return failed("load-failed", "stopped while it loaded");
        if (OUT_OF_MEMORY.test(words)) {
          const remedy = "mend the files, or raise limits.load.memory";
          return failed("load-too-large", `needs more than ${formatSize(memory)} of memory to load; ${remedy}`);
        }
        if (signal === "SIGKILL")
          return failed("load-too-large", "the system ended its load, most likely for want of memory");
        return failed("load-failed", `loading broke (${signal ?? `exit code ${code}`}): ${words.trim()}`);
      });
      // Who has ended does not read.
      child.stdin?.on("error", () => {});
      child.stdin?.end(serialize(request));
      return undefined;
    });

  return {
    async load(asked, served, onFile = () => {}) {
      const request = served === undefined ? asked : { ...asked, geo: withoutTable(served) };
      // The limits of the configuration before say nothing of this one: it may take more to be read.
      limits = FIRST_LIMITS;
      for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts++) {
        const sent = await attempt(request, onFile);
        if (sent === undefined) continue;
        if (!sent.ok) return sent;
        const { geo, targets, probed, ...rest } = sent.value;
        const outline = outlineOf(await fromSlicesInTurns(rest.outline));
        const probes = { targets: await fromSlicesInTurns(targets), endpoints: await fromSlicesInTurns(probed) };
        const loads = await fromSlicesInTurns(rest.loads);
        const targetTexts = await fromSlicesInTurns(rest.targetTexts);
        // Only what is served is ever kept.
        const isKept = "kept" in geo;
        const table = isKept ? { ...served!, identity: geo.kept } : geo;
        return ok({ ...rest, outline, probes, loads, targetTexts, geo: table, keepsTable: isKept });
      }
      const message = `${request.file}: limits.load.memory is another one each time that it is read`;
      return err([{ code: "load-failed", message }]);
    },
    stop() {
      stopped = true;
      running?.kill("SIGKILL");
    },
  };
}

function withoutTable(geo: LoadedGeo): ServedGeo {
  const { table: _, ...rest } = geo;
  return rest;
}

function start(memory: number, folder: string): ChildProcess {
  const heap = `--max-old-space-size=${Math.floor(memory / 2 ** 20)}`;
  // Nor does it open a debugger before it listens for that signal itself.
  return spawn(process.execPath, [heap, "--disable-sigusr1", fileURLToPath(ENTRY)], {
    // A folder that is gone: absolute paths are still good.
    cwd: existsSync(folder) ? folder : "/",
    stdio: ["pipe", "ignore", "pipe", "pipe"],
  });
}

const NO_START = "the process that loads does not start";

/** Its module may have been replaced since this process started; or there is no room for the tables. */
const NO_MESSAGE = "what was loaded cannot be taken; restart geosteer if it was updated meanwhile";

/** V8's last words when it has no memory left. */
const OUT_OF_MEMORY = /out of memory|heap limit|invalid table size|allocation failed/i;
