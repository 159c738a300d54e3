/** Real files in temporary folders, changed as editors, programs and Kubernetes do. */
import { watch as watchFolder } from "node:fs";
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test, vi, type TestContext } from "vitest";
import { fileIdentity } from "../../../src/app/file-identity.ts";
import {
  createFileWatcher,
  type FileWatcherDeps,
  type FileWatcherOptions,
} from "../../../src/app/watch/file-watcher.ts";

/** Milliseconds; short enough for many tests, and long against the time that a rename takes. */
const QUIET = 300;
/** No look but for what the system tells, so that a test cannot pass by waiting. */
const NEVER = 3_600_000;

type At = (name: string) => string;

/** A folder of its own with `conf/a.yaml` in it; the tests wait side by side. */
async function scene(onTestFinished: TestContext["onTestFinished"]) {
  const directory = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const at: At = (name) => path.join(directory, name);
  await mkdir(at("conf"));
  await writeFile(at("conf/a.yaml"), "one\n");

  async function watching(
    names: readonly string[],
    options: Partial<FileWatcherOptions> = {},
    deps: Partial<FileWatcherDeps> = {},
  ): Promise<Watching> {
    const changes: (readonly string[])[] = [];
    const warnings: unknown[] = [];
    const tell = (fields: object, message: string): void => void warnings.push({ ...fields, message });
    const logger = { debug: tell, info: tell, warn: tell, error: tell };
    const watcher = createFileWatcher(
      { quiet: QUIET, longest: 2000, interval: NEVER, ...options },
      { logger, onChange: (files) => changes.push(files.map((file) => path.relative(directory, file))), ...deps },
    );
    onTestFinished(() => watcher.stop());
    watcher.watch(names.map((name) => ({ file: at(name), identity: fileIdentity(at(name)) })));
    // Until the first look has passed.
    await delay(4 * QUIET);
    const told = async (count: number): Promise<readonly (readonly string[])[]> => {
      await vi.waitFor(() => expect(changes.length).toBeGreaterThanOrEqual(count), { timeout: 10_000, interval: 20 });
      await delay(3 * QUIET);
      return changes;
    };
    return { changes, warnings, watcher, told };
  }
  return { at, watching };
}

interface Watching {
  readonly changes: (readonly string[])[];
  readonly warnings: unknown[];
  readonly watcher: ReturnType<typeof createFileWatcher>;
  /** All changes, once so many have been told and another one has had its time. */
  readonly told: (count: number) => Promise<readonly (readonly string[])[]>;
}

describe.concurrent("createFileWatcher tells a change, once", () => {
  test.for<[what: string, change: (at: At) => Promise<unknown>]>([
    ["written in place", (at) => writeFile(at("conf/a.yaml"), "two\n")],
    [
      "cut and written in pieces",
      async (at) => {
        await truncate(at("conf/a.yaml"));
        for (let i = 0; i < 5; i++) {
          await writeFile(at("conf/a.yaml"), `${i}\n`, { flag: "a" });
          await delay(50);
        }
      },
    ],
    [
      "replaced by a rename, as editors do",
      async (at) => {
        await rename(at("conf/a.yaml"), at("conf/a.yaml~"));
        await writeFile(at("conf/.a.yaml.swp"), "two\n");
        await rename(at("conf/.a.yaml.swp"), at("conf/a.yaml"));
      },
    ],
    [
      "replaced by a file of the same size and time",
      async (at) => {
        await writeFile(at("conf/b.yaml"), "two\n");
        await utimes(at("conf/a.yaml"), 1_700_000_000, 1_700_000_000);
        await utimes(at("conf/b.yaml"), 1_700_000_000, 1_700_000_000);
        await rename(at("conf/b.yaml"), at("conf/a.yaml"));
      },
    ],
    ["removed", (at) => rm(at("conf/a.yaml"))],
    ["made readable or not", (at) => chmod(at("conf/a.yaml"), 0o600)],
  ])("%s", async ([, change], { onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    const { changes, told } = await watching(["conf/a.yaml"]);
    await change(at);
    expect(await told(1)).toHaveLength(1);
    expect(changes).toEqual([["conf/a.yaml"]]);
  });

  test("and each later one too: gone, back again, written", async ({ onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    const { told } = await watching(["conf/a.yaml"]);
    await rm(at("conf/a.yaml"));
    expect(await told(1)).toHaveLength(1);
    await writeFile(at("conf/a.yaml"), "one\n");
    expect(await told(2)).toHaveLength(2);
    await writeFile(at("conf/a.yaml"), "two\n");
    expect(await told(3)).toHaveLength(3);
  });

  test("of several files together", async ({ onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    await writeFile(at("conf/b.zone"), "one\n");
    const { changes, told } = await watching(["conf/a.yaml", "conf/b.zone", "conf/c.zone"]);
    await writeFile(at("conf/b.zone"), "two\n");
    await writeFile(at("conf/c.zone"), "new\n");
    expect(await told(1)).toHaveLength(1);
    expect(changes[0]!.toSorted()).toEqual(["conf/b.zone", "conf/c.zone"]);
  });
});

describe.concurrent("createFileWatcher tells nothing", () => {
  test.for<[what: string, act: (at: At) => Promise<unknown>]>([
    ["of other files in the folder", (at) => writeFile(at("conf/b.yaml"), "x")],
    ["of reading", (at) => readFile(at("conf/a.yaml"))],
    ["of a folder beside it", (at) => mkdir(at("conf/below"))],
    [
      "of a file that comes and goes under the folder's own name",
      async (at) => {
        await writeFile(at("conf/conf"), "x");
        await rm(at("conf/conf"));
      },
    ],
  ])("%s", async ([, act], { onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    const { told } = await watching(["conf/a.yaml"]);
    await act(at);
    await delay(2 * QUIET);
    expect(await told(0)).toHaveLength(0);
  });

  test("of a change that is told by the next set of files to have been read", async ({ onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    const { watcher, told } = await watching(["conf/a.yaml"]);
    await writeFile(at("conf/a.yaml"), "two\n");
    watcher.watch([{ file: at("conf/a.yaml"), identity: fileIdentity(at("conf/a.yaml")) }]);
    await delay(4 * QUIET);
    expect(await told(0)).toHaveLength(0);
  });

  test("while it pauses, nor after its stop", async ({ onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    const { watcher, told } = await watching(["conf/a.yaml"]);
    watcher.pause();
    await writeFile(at("conf/a.yaml"), "two\n");
    await delay(4 * QUIET);
    expect(await told(0)).toHaveLength(0);
    watcher.watch([{ file: at("conf/a.yaml") }]);
    watcher.stop();
    await writeFile(at("conf/a.yaml"), "three\n");
    await delay(4 * QUIET);
    expect(await told(0)).toHaveLength(0);
  });
});

test.concurrent("createFileWatcher: what has changed since it was read, before it was watched, has changed", async ({
  onTestFinished,
}) => {
  const { at, watching } = await scene(onTestFinished);
  const identity = fileIdentity(at("conf/a.yaml"));
  const { watcher, told } = await watching([]);
  watcher.pause();
  await writeFile(at("conf/a.yaml"), "two\n");
  watcher.watch([{ file: at("conf/a.yaml"), identity }]);
  expect(await told(1)).toHaveLength(1);
});

test.concurrent("createFileWatcher: a change is not held back for ever where writing does not end", async ({
  onTestFinished,
}) => {
  const { at, watching } = await scene(onTestFinished);
  const { changes } = await watching(["conf/a.yaml"], { longest: 600 });
  const until = performance.now() + 1500;
  while (performance.now() < until) {
    await writeFile(at("conf/a.yaml"), "x", { flag: "a" });
    await delay(50);
  }
  expect(changes.length).toBeGreaterThan(0);
});

describe.concurrent("createFileWatcher: a volume of Kubernetes", () => {
  /** As its AtomicWriter does: a new folder, then the link `..data` is replaced by a rename, then the old one goes. */
  async function publish(at: At, version: string, before?: string): Promise<void> {
    await mkdir(at(`conf/..${version}`));
    await writeFile(at(`conf/..${version}/geosteer.yaml`), version);
    await symlink(`..${version}`, at("conf/..data_tmp"));
    await rename(at("conf/..data_tmp"), at("conf/..data"));
    if (before !== undefined) await rm(at(`conf/..${before}`), { recursive: true });
  }

  test("each version is one change, and a file beside the volume's none", async ({ onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    await publish(at, "2026_1");
    await symlink("..data/geosteer.yaml", at("conf/geosteer.yaml"));
    await mkdir(at("etc"));
    await symlink(at("conf/geosteer.yaml"), at("etc/geosteer.yaml"));
    const { changes, told } = await watching(["etc/geosteer.yaml"]);
    await publish(at, "2026_2", "2026_1");
    expect(await told(1)).toHaveLength(1);
    await writeFile(at("conf/..2026_2/other"), "x");
    await publish(at, "2026_3", "2026_2");
    expect(await told(2)).toHaveLength(2);
    expect(changes).toEqual([["etc/geosteer.yaml"], ["etc/geosteer.yaml"]]);
  });
});

describe.concurrent("createFileWatcher: folders", () => {
  test("that are removed and come back, bit by bit", async ({ onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    const { told } = await watching(["conf/a.yaml"]);
    await rm(at("conf"), { recursive: true });
    expect(await told(1)).toHaveLength(1);
    await mkdir(at("conf"));
    expect(await told(1)).toHaveLength(1);
    await writeFile(at("conf/a.yaml"), "two\n");
    expect(await told(2)).toHaveLength(2);
    await writeFile(at("conf/a.yaml"), "three\n");
    expect(await told(3)).toHaveLength(3);
  });

  test("that are replaced by others", async ({ onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    const { told } = await watching(["conf/a.yaml"]);
    await mkdir(at("new"));
    await writeFile(at("new/a.yaml"), "two\n");
    await rename(at("conf"), at("old"));
    await rename(at("new"), at("conf"));
    expect(await told(1)).toHaveLength(1);
    // The one that is watched now is the new one.
    await writeFile(at("old/a.yaml"), "x");
    expect(await told(1)).toHaveLength(1);
    await writeFile(at("conf/a.yaml"), "three\n");
    expect(await told(2)).toHaveLength(2);
  });

  test("that are not there yet, above others that are not", async ({ onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    const { told } = await watching(["gone/deep/a.yaml"]);
    await mkdir(at("gone"));
    expect(await told(0)).toHaveLength(0);
    await mkdir(at("gone/deep"));
    expect(await told(0)).toHaveLength(0);
    await writeFile(at("gone/deep/a.yaml"), "x");
    expect(await told(1)).toHaveLength(1);
  });
});

describe.concurrent("createFileWatcher: where the system tells nothing", () => {
  test("of a folder above that is replaced", async ({ onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    await mkdir(at("conf/deep"));
    await writeFile(at("conf/deep/a.yaml"), "old");
    const { told } = await watching(["conf/deep/a.yaml"], { interval: 100 });
    await rename(at("conf"), at("old"));
    expect(await told(1)).toHaveLength(1);
    await mkdir(at("conf/deep"), { recursive: true });
    await writeFile(at("conf/deep/a.yaml"), "new");
    expect(await told(2)).toHaveLength(2);
  });

  const refusing = (code: string): typeof watchFolder => {
    return () => {
      throw Object.assign(new Error(`${code}: no`), { code });
    };
  };

  test.for([
    ["ENOSPC", "the system's limit is reached: raise fs.inotify.max_user_watches"],
    ["EMFILE", "the system's limit is reached: raise fs.inotify.max_user_instances"],
    ["ENOSYS", "ENOSYS: no"],
  ] as const)("%s: files are looked at, and one line says so", async ([code, reason], { onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    const options = { interval: 100 };
    await mkdir(at("more"));
    const { told, warnings } = await watching(["conf/a.yaml", "more/b"], options, { watchFolder: refusing(code) });
    await writeFile(at("conf/a.yaml"), "two\n");
    expect(await told(1)).toHaveLength(1);
    await rm(at("conf/a.yaml"));
    expect(await told(2)).toHaveLength(2);
    expect(warnings).toEqual([
      {
        folder: at("conf"),
        reason,
        seconds: 0.1,
        message: "a folder of files that are read cannot be watched: a change there is seen some seconds later",
      },
    ]);
  });

  test("more folders than are watched: those beyond are looked at, some at a time", async ({ onTestFinished }) => {
    const { at, watching } = await scene(onTestFinished);
    const names = ["conf/a.yaml", "1/f", "2/f", "3/f"];
    for (const folder of ["1", "2", "3"]) await mkdir(at(folder));
    const { told, warnings } = await watching(names, { interval: 100, looks: 1, folders: 2 });
    expect(warnings).toMatchObject([{ reason: "more than 2 folders" }]);
    await writeFile(at("3/f"), "x");
    expect(await told(1)).toHaveLength(1);
    await writeFile(at("conf/a.yaml"), "two\n");
    expect(await told(2)).toHaveLength(2);
  });
});

test.concurrent("createFileWatcher: ten thousand files in one folder are one watch", async ({ onTestFinished }) => {
  const { at, watching } = await scene(onTestFinished);
  const names = Array.from({ length: 10_000 }, (_, i) => `conf/${i}.zone`);
  for (const name of names) await link(at("conf/a.yaml"), at(name));
  await rm(at(names[7]!));
  await writeFile(at(names[7]!), "its own");
  let watches = 0;
  const counting = ((...args: Parameters<typeof watchFolder>) => {
    watches++;
    return watchFolder(...args);
  }) as typeof watchFolder;
  const { changes, told } = await watching(names, {}, { watchFolder: counting });
  await writeFile(at(names[7]!), "changed");
  expect(await told(1)).toHaveLength(1);
  expect(changes[0]).toEqual([names[7]]);
  expect(watches).toBe(1);
});
