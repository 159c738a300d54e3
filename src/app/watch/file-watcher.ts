/**
 * Tells when files have changed, whatever way: written in place, replaced by a rename, through a link that leads elsewhere,
 * gone, or back again. A file is its identity (`file-identity.ts`), so that what else happens in its folder, and reading,
 * mean nothing. Folders are watched, not files: a watched file that is replaced is the old one for ever.
 *
 * All files are looked at now and then besides, for file systems that tell nothing; one at a time, so that a file system
 * that hangs holds up one thread of Node's pool and not all.
 */
import type { watch } from "node:fs";
import { lstat, readlink } from "node:fs/promises";
import type { Logger } from "../../shared/ports.ts";
import { fileIdentityAsync } from "../file-identity.ts";
import { createFolderWatches } from "./folder-watches.ts";
import { createQuietTime, type QuietTimes } from "./quiet-time.ts";
import { wayToFile, type Entry, type Step } from "./way-to-file.ts";

export interface FileWatcher {
  /** Watches these files in place of those before. Those that are not as they were told have changed. */
  watch(files: readonly WatchedFile[]): void;
  /** Tells nothing until the next `watch`: whoever reads the files now will say how they were then. */
  pause(): void;
  stop(): void;
}

export interface WatchedFile {
  /** Its absolute path. It need not be there. */
  readonly file: string;
  /** How it was when it was read, as `fileIdentity` tells; undefined = as it is now. */
  readonly identity?: string | undefined;
}

export interface FileWatcherOptions extends QuietTimes {
  /** Milliseconds between two looks at files that nothing was told of. */
  readonly interval: number;
  /** Files in such a look at most. */
  readonly looks: number;
  /** Folders that are watched at most; the files of others are looked at. */
  readonly folders: number;
}

export interface FileWatcherDeps {
  readonly logger: Logger;
  /** Is told the files that have changed, once for each change; none of them is being written, as far as can be seen. */
  readonly onChange: (files: readonly string[]) => void;
  readonly watchFolder?: typeof watch;
}

const DEFAULTS: FileWatcherOptions = { quiet: 500, longest: 5000, interval: 5000, looks: 200, folders: 256 };

interface Watched {
  readonly file: string;
  identity: string | undefined;
  steps: readonly Step[];
}

export function createFileWatcher(options: Partial<FileWatcherOptions>, deps: FileWatcherDeps): FileWatcher {
  const { logger, onChange, watchFolder } = deps;
  const { interval, looks, folders: mostFolders, ...quietTimes } = { ...DEFAULTS, ...options };
  let watched: readonly Watched[] = [];
  /** Who depends on an entry of a folder. */
  let dependants = new Map<string, Map<string, Watched[]>>();
  let doubtful = new Set<Watched>();
  /** Raised with each set of files: what was begun for the one before ends. */
  let round = 0;
  let isPaused = false;
  let isStopped = false;
  let isTold = false;
  /** The next file to look at. */
  let next = 0;
  let timer: NodeJS.Timeout | undefined;
  /** One thing at a time. */
  let latest: Promise<void> = Promise.resolve();

  const folders = createFolderWatches(
    { most: mostFolders },
    {
      onEntry(folder, name) {
        const entries = dependants.get(folder);
        if (isPaused || entries === undefined) return;
        doubt(name === undefined ? [...entries.values()].flat() : (entries.get(name) ?? []));
      },
      onRefusal(folder, reason) {
        if (isTold) return;
        isTold = true;
        const told = "a folder of files that are read cannot be watched: a change there is seen some seconds later";
        logger.warn({ folder, reason, seconds: interval / 1000 }, told);
      },
      ...(watchFolder && { watchFolder }),
    },
  );

  const inTurn = (task: (isCurrent: () => boolean) => Promise<void>): void => {
    const own = round;
    const isCurrent = (): boolean => own === round && !isPaused;
    latest = latest
      .then(() => (isCurrent() ? task(isCurrent) : undefined))
      .catch((error: unknown) => logger.error({ err: error }, "a fault of geosteer: changed files may go unseen"));
  };

  function doubt(files: readonly Watched[]): void {
    if (files.length === 0) return;
    for (const file of files) doubtful.add(file);
    quietTime.touch();
  }

  /** Sets out the ways to files anew, and watches the folders on them. */
  const arm = async (files: Iterable<Watched>, isCurrent: () => boolean): Promise<void> => {
    const look = createLook();
    for (const file of files) {
      file.steps = await wayToFile(file.file, look);
      if (!isCurrent()) return;
    }
    dependants = dependantsOf(watched);
    const begun = await folders.keep(new Set(dependants.keys()));
    // What happened before the watch was there.
    if (isCurrent()) doubt(watched.filter(({ steps }) => steps.some(({ folder }) => begun.has(folder))));
  };

  const quietTime = createQuietTime(quietTimes, () =>
    inTurn(async (isCurrent) => {
      const looked = doubtful;
      doubtful = new Set();
      const changed: string[] = [];
      for (const file of looked) {
        const identity = await fileIdentityAsync(file.file);
        if (!isCurrent()) return;
        if (file.identity !== undefined && file.identity !== identity) changed.push(file.file);
        file.identity = identity;
      }
      await arm(looked, isCurrent);
      if (changed.length > 0 && isCurrent()) onChange(changed);
    }),
  );

  const lookAround = (): void => {
    inTurn(async (isCurrent) => {
      for (let left = Math.min(looks, watched.length); left > 0; left--) {
        const file = watched[next++ % watched.length]!;
        const identity = await fileIdentityAsync(file.file);
        if (!isCurrent()) return;
        if (file.identity !== identity && !doubtful.has(file)) doubt([file]);
      }
    });
  };

  const forget = (): void => {
    round++;
    doubtful = new Set();
    quietTime.cancel();
  };

  return {
    watch(files) {
      if (isStopped) return;
      forget();
      isPaused = false;
      watched = files.map(({ file, identity }) => ({ file, identity, steps: [] }));
      next = 0;
      inTurn(async (isCurrent) => {
        await arm(watched, isCurrent);
        // Folders that are watched already have told nothing since the files were read.
        if (isCurrent()) doubt(watched);
      });
      timer ??= setInterval(lookAround, interval).unref();
    },
    pause() {
      forget();
      isPaused = true;
    },
    stop() {
      forget();
      isPaused = true;
      isStopped = true;
      clearInterval(timer);
      // What is under way may begin a watch yet.
      folders.stop();
      void latest.finally(() => folders.stop());
    },
  };
}

function dependantsOf(files: readonly Watched[]): Map<string, Map<string, Watched[]>> {
  const dependants = new Map<string, Map<string, Watched[]>>();
  for (const file of files) {
    for (const { folder, name } of file.steps) {
      let entries = dependants.get(folder);
      if (entries === undefined) dependants.set(folder, (entries = new Map<string, Watched[]>()));
      const own = entries.get(name);
      if (own === undefined) entries.set(name, [file]);
      else own.push(file);
    }
  }
  return dependants;
}

/** Looks at each path once: thousands of files may lie in one folder. */
function createLook(): (path: string) => Promise<Entry> {
  const known = new Map<string, Promise<Entry>>();
  return (path) => {
    const before = known.get(path) ?? entryAt(path);
    known.set(path, before);
    return before;
  };
}

async function entryAt(path: string): Promise<Entry> {
  try {
    const stats = await lstat(path);
    return stats.isSymbolicLink() ? { kind: "link", target: await readlink(path) } : { kind: "other" };
  } catch {
    return { kind: "none" };
  }
}
