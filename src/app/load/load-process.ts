/**
 * The process that loads: one request on standard input, messages on `MESSAGES`, then its end. What a file makes of it,
 * a heap that is full or work that never ends, is its own affair.
 */
import { readFileSync, writeFileSync, writeSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { deserialize } from "node:v8";

// A signal that asks every process of the server to load again, or for new logs or numbers, is not meant to end this one.
for (const signal of ["SIGHUP", "SIGUSR1", "SIGUSR2"] as const) process.on(signal, () => {});

const { nameProcess } = await import("../process-name.ts");
nameProcess("geosteer: load");

const { load } = await import("./load.ts");
const { MESSAGES } = await import("./load-messages.ts");
const { pack } = await import("./transfer.ts");
const { profileOutlines } = await import("../../routing/outline.ts");
const { targetText } = await import("../../routing/target-text.ts");
const { toSlices } = await import("../../server/threads/slices.ts");
const { postSnapshot } = await import("../../server/threads/posted-snapshot.ts");

/** Answers come before the next generation: with it the load gets a third of a contended core. */
const NICE = 5;

type Request = import("./load.ts").LoadRequest;
type Message = import("./load-messages.ts").FromLoad;
type Loaded = import("./load.ts").Loaded;
type SentLoad = import("./load-messages.ts").SentLoad;

function send(message: Message): void {
  for (const piece of pack(message, message.kind === "geo")) {
    for (let from = 0; from < piece.length;) from += writeSync(MESSAGES, piece, from);
  }
}

function yieldToOthers(): void {
  // Who runs below that already stays there: only root may rise.
  if (getPriority() < NICE) setPriority(NICE);
  try {
    // Where memory runs out this process is the one to end (proc_pid_oom_score_adj(5)).
    writeFileSync("/proc/self/oom_score_adj", "1000");
  } catch {
    // Not Linux, or not allowed.
  }
}

function sent({ config, probes, loads, names, zones, archive, digests }: Loaded): SentLoad {
  const { snapshot, ...settings } = config;
  return {
    names,
    zones,
    archive,
    digests,
    config: settings,
    snapshot: postSnapshot(snapshot),
    outline: toSlices(profileOutlines(snapshot), ({ endpoints }) => 1 + endpoints.length),
    targets: toSlices(probes.targets, () => 1),
    probed: toSlices(probes.endpoints, ({ check }) => check.parts.length),
    loads: toSlices(loads, ({ endpoints, targets }) => 1 + endpoints.length + targets.length),
    targetTexts: toSlices(
      snapshot.endpoints.map(({ target }) => targetText(snapshot, target)),
      () => 1,
    ),
  };
}

function answer(request: Request): Message {
  try {
    const loaded = load(request, {
      onLimits: (limits) => send({ kind: "limits", limits }),
      onFile: (file) => send({ kind: "file", file }),
    });
    if (!loaded.ok) return { kind: "loaded", result: loaded };
    send({ kind: "geo", geo: loaded.value.geo });
    return { kind: "loaded", result: { ok: true, value: sent(loaded.value) } };
  } catch (cause) {
    // V8's words for a text, a stack or a table that is larger than it can be.
    if (!(cause instanceof RangeError)) throw cause;
    const message = `${request.file}: too large or too deep to load (${cause.message})`;
    return { kind: "loaded", result: { ok: false, error: [{ code: "load-too-large", message }] } };
  }
}

yieldToOthers();
send(answer(deserialize(readFileSync(0)) as Request));
