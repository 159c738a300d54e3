/**
 * Folders whose entries the system tells changes of (inotify(7) on Linux). It tells nothing of changes that other
 * machines make on network file systems, and has limits: who relies on it looks now and then all the same.
 */
import { watch, type FSWatcher } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";

export interface FolderWatches {
  /** Watches these folders and no others. Returns those that it has begun to watch. */
  keep(folders: ReadonlySet<string>): Promise<ReadonlySet<string>>;
  stop(): void;
}

export interface FolderWatchesDeps {
  /** Is told which entry of a folder may have changed; undefined = any. */
  readonly onEntry: (folder: string, name: string | undefined) => void;
  /** Is told why a folder is not watched. */
  readonly onRefusal: (folder: string, why: string) => void;
  readonly watchFolder?: typeof watch;
}

interface Watch {
  readonly watcher: FSWatcher;
  /** Which folder it was. */
  readonly identity: string;
}

/** `most`: folders at most. */
export function createFolderWatches({ most }: { readonly most: number }, deps: FolderWatchesDeps): FolderWatches {
  const { onEntry, onRefusal, watchFolder = watch } = deps;
  const watches = new Map<string, Watch>();

  const drop = (folder: string): void => {
    watches.get(folder)?.watcher.close();
    watches.delete(folder);
  };

  const begin = (folder: string, identity: string): boolean => {
    try {
      const watcher = watchFolder(folder, { persistent: false }, (_, name) => {
        // Under its own name a folder tells that it is moved or removed itself: the watch may be dead.
        const isOwn = name === path.basename(folder);
        if (isOwn) drop(folder);
        onEntry(folder, isOwn ? undefined : (name ?? undefined));
      });
      watcher.on("error", () => {
        drop(folder);
        onEntry(folder, undefined);
      });
      watches.set(folder, { watcher, identity });
      return true;
    } catch (cause) {
      const { code = "", message } = cause as NodeJS.ErrnoException;
      // It has gone meanwhile: that will be seen.
      if (code !== "ENOENT") onRefusal(folder, limits.get(code) ?? message);
      return false;
    }
  };

  return {
    async keep(folders) {
      for (const folder of watches.keys()) if (!folders.has(folder)) drop(folder);
      const begun = new Set<string>();
      for (const folder of folders) {
        if (!watches.has(folder) && watches.size >= most) {
          onRefusal(folder, `more than ${most} folders`);
          continue;
        }
        const identity = await folderIdentity(folder);
        if (identity !== undefined && watches.get(folder)?.identity === identity) continue;
        drop(folder);
        if (identity !== undefined && begin(folder, identity)) begun.add(folder);
      }
      return begun;
    },
    stop() {
      for (const folder of watches.keys()) drop(folder);
    },
  };
}

/** What inotify(7) means by its codes. */
const limits: ReadonlyMap<string, string> = new Map([
  ["ENOSPC", "the system's limit is reached: raise fs.inotify.max_user_watches"],
  ["EMFILE", "the system's limit is reached: raise fs.inotify.max_user_instances"],
]);

async function folderIdentity(folder: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(folder, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return undefined;
  }
}
