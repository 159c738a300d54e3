/**
 * A process that writes a state file until it is killed: `node writer.ts FILE WRITES LINES`. Writes to the file LINES
 * what it is about to do and what was acknowledged, a line each: `ask KIND NAME`, `ack KIND NAME`. A pipe would not do:
 * what it has no room for is lost with the process. Says `open` and `end` on standard output too. Ends when standard input
 * does.
 */
import { openSync, writeSync } from "node:fs";
import { createStore } from "../../../../src/state/store/store.ts";

const [, , file = "", writes = "200", lines = ""] = process.argv;
const descriptor = openSync(lines, "a");
const silent = (): void => {};
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const store = createStore(
  { file, keep: 1e10, size: 2 ** 28 },
  { logger, clock: Date.now, onState: silent, onKept: silent },
);

function say(line: string): void {
  writeSync(descriptor, `${line}\n`);
}

const kept = await store.open();
console.log(`open ${kept.overrides.length}`);

const firstId = 1 + Math.max(0, ...kept.overrides.map(({ id }) => id));
let next = 0;
async function write(lane: number): Promise<void> {
  while (next < Number(writes)) {
    const i = next++;
    const name = `${process.pid}-${i}`;
    const at = Date.now();
    store.appendTransitions([{ at, subject: "shop", from: "online", to: "degraded", reason: name }]);
    if (i % 5 === 4) {
      say(`ask audit ${name}`);
      const entry = { at, who: "ada", from: "here", what: name, result: "done" };
      if ((await store.appendAudit(entry)).ok) say(`ack audit ${name}`);
      continue;
    }
    say(`ask set ${name}`);
    const override = {
      id: firstId + i,
      pattern: name,
      action: "out",
      since: at,
      until: undefined,
      over: 0,
      reason: undefined,
    } as const;
    const set = await store.setOverride({ ...override, author: `${lane}` });
    if (!set.ok) continue;
    say(`ack set ${name}`);
    if (i % 3 > 0) continue;
    say(`ask clear ${name}`);
    if ((await store.clearOverrides([override.id])).ok) say(`ack clear ${name}`);
  }
}
// Several at once, so that they share commits.
await Promise.all([1, 2, 3, 4].map(write));
say("end");
console.log("end");
process.stdin.resume().on("end", () => void store.stop());
