/**
 * Loaded into a server by `--import`: at SIGUSR2 its main thread writes on standard error how much CPU the longest of its
 * callbacks has taken since the last time. Unlike delays that does not depend on what else the machine does. What is
 * imported at the start counts from the first SIGUSR2 on alone.
 */
import { createHook } from "node:async_hooks";
import { writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

/** Microseconds that this thread has been running. */
function now(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

if (isMainThread && process.argv[2] === "serve") {
  /** When the callbacks that are running began: the last one within the others. */
  const began: number[] = [];
  let longest = 0;
  createHook({
    before: () => void began.push(now()),
    after() {
      longest = Math.max(longest, now() - (began.pop() ?? 0));
    },
  }).enable();
  process.on("SIGUSR2", () => {
    writeSync(2, `longest callback: ${(longest / 1000).toFixed(1)} ms\n`);
    longest = 0;
  });
}
