/** The store's thread, which an audit entry makes die, or hang for so many milliseconds. */
import { parentPort } from "node:worker_threads";
import type { ToStore } from "../../../../src/state/store/messages.ts";

await import("../../../../src/state/store/store-thread.ts");
parentPort!.on("message", (message: ToStore) => {
  if (message.kind !== "ask" || message.asked.kind !== "write" || message.asked.write.kind !== "audit") return;
  const { what, result } = message.asked.write.entry;
  if (what === "die") throw new Error("made to die");
  if (what === "hang") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(result));
});
