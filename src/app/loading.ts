/**
 * Loads the configuration, watches what it was made of from then on, and knows how the last load has ended. What is served
 * is not its affair.
 */
import type { LoadProblem } from "../control/control.ts";
import type { Logger } from "../shared/ports.ts";
import { err, type Result } from "../shared/result.ts";
import type { Services } from "./create-service.ts";
import type { Generation } from "./generation.ts";
import { findLastGood, type Place } from "./last-good.ts";
import { createLoader, type LoadedGeneration } from "./load/loader.ts";
import type { SourceFile } from "./load/source-file.ts";
import type { StartError } from "./start-error.ts";
import { tellProblems } from "./tell-loads.ts";
import { createFileWatcher } from "./watch/file-watcher.ts";

export interface Loading {
  load(): Promise<Result<LoadedGeneration, StartError>>;
  /** Loads the configuration that was served last, where the one of the file cannot be: the last load stays a failed one. */
  loadLastGood(problems: StartError): Promise<Result<LoadedGeneration, StartError>>;
  last(): LastLoad;
  /** Why what is served is older than the files; undefined when it is not. */
  stale(): string | undefined;
  stop(): void;
}

export interface LastLoad {
  readonly success: boolean;
  /** Wall time, as it is shown. */
  readonly at: number;
  readonly problems: readonly LoadProblem[];
}

export interface LoadingOptions {
  readonly configFile: string;
  /** From where its path counts. */
  readonly folder: string;
  readonly place: Place;
}

export interface LoadingDeps {
  readonly logger: Logger;
  readonly services: Pick<Services, "setStale">;
  readonly current: () => Generation | undefined;
  /** Is told that a file has changed which the last load has read, or tried to. */
  readonly onChange: () => void;
}

/** Files that have changed and are named in the log. */
const MAX_NAMED = 5;

export function createLoading({ configFile, folder, place }: LoadingOptions, deps: LoadingDeps): Loading {
  const { logger, services, current, onChange } = deps;
  const loader = createLoader({ folder });
  let last: LastLoad = { success: false, at: Date.now(), problems: [] };
  /** What the last load has read, or tried to, by path. */
  let sources: ReadonlyMap<string, SourceFile> = new Map();

  const watcher = createFileWatcher(
    {},
    {
      logger,
      onChange(files) {
        logger.info({ files: files.slice(0, MAX_NAMED), changed: files.length }, "files have changed: loading them");
        onChange();
      },
    },
  );

  const load = async (kept?: Uint8Array): Promise<Result<LoadedGeneration, StartError>> => {
    const served = current()?.config.versions ?? [];
    const request = { file: configFile, served, warns: false, archives: true, ...(kept !== undefined && { kept }) };
    // What changes from here on is found by comparing with what the load has read.
    watcher.pause();
    const read = new Map<string, SourceFile>();
    const loaded = await loader.load(request, current()?.geo, (file) => read.set(file.file, file));
    // With kept texts too the files are watched that are to be mended.
    if (read.size > 0) sources = kept === undefined ? read : new Map([...sources, ...read]);
    const settings = (loaded.ok ? loaded.value : current())?.config.settings;
    if (settings?.reload.watch ?? true) watcher.watch([...sources.values()]);
    const problems = loaded.ok ? [] : loaded.error.map(({ code, message }) => ({ code, message }));
    last = { success: loaded.ok, at: Date.now(), problems };
    services.setStale(!loaded.ok);
    return loaded;
  };

  return {
    load: () => load(),
    async loadLastGood(problems) {
      tellProblems(problems, logger);
      const failed = last;
      const found = await findLastGood(place, { logger, clock: Date.now });
      if (!found.ok) return err([...problems, { code: "no-last-good", message: found.error }]);
      const loaded = await load(found.value.archive);
      last = failed;
      services.setStale(true);
      if (!loaded.ok) return err([...problems, ...loaded.error]);
      const { number, at } = found.value;
      logger.error(
        { generation: number, of: new Date(at).toISOString() },
        "the last good configuration is served instead",
      );
      return loaded;
    },
    last: () => last,
    stale() {
      if (last.success) return undefined;
      return `the last load failed (${[...new Set(last.problems.map(({ code }) => code))].join(", ")})`;
    },
    stop() {
      watcher.stop();
      loader.stop();
    },
  };
}
