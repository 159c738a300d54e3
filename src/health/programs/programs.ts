/**
 * Programs of the operator's, at most so many at a time, started from a process of their own (`programs-process.ts`) that
 * begins with the first of them. One that it takes with it, for want of memory say, has told nothing; the next begins it
 * anew.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Program, Ran } from "./run-program.ts";

export interface Programs {
  /**
   * Runs it once there is a place. Aborted, it is killed, and the result comes at once. `onStart` is called once it
   * has been started, which takes longer than to get a place where the process that starts it begins with it.
   */
  run(program: Program, signal: AbortSignal, onStart: () => void): Promise<Ran | Lost>;
}

/** `aborted`: nobody waits for it any more. `broken`: the process that starts programs does not, or has ended. */
export type Lost = { readonly kind: "aborted" } | { readonly kind: "broken"; readonly why: string };

export type ProgramRequest =
  | { readonly kind: "run"; readonly id: number; readonly program: Program }
  | { readonly kind: "kill"; readonly id: number };

export interface ProgramAnswer {
  readonly id: number;
  /** Undefined = it has been started. */
  readonly ran: Ran | undefined;
}

/** One that has a place. */
interface Placed {
  onStart(): void;
  resolve(ran: Ran | Lost): void;
}

/** The process's module: .ts in the sources, .js in the published package. */
const ENTRY = new URL(
  import.meta.url.endsWith(".ts") ? "./programs-process.ts" : "./programs-process.js",
  import.meta.url,
);

interface Waiting {
  begin(): void;
}

export function createPrograms({ places }: { readonly places: number }): Programs {
  let host: ChildProcess | undefined;
  let lastId = 0;
  /** Those that have a place, until their end is told; they keep it while they are being killed. */
  const running = new Map<number, Placed>();
  const queue = new Set<Waiting>();

  const endOf = (id: number, ran: Ran | Lost): void => {
    const placed = running.get(id);
    running.delete(id);
    placed?.resolve(ran);
    // Not at once: one that cannot begin ends here too.
    queueMicrotask(turn);
  };

  const turn = (): void => {
    const [next] = queue;
    if (next === undefined || running.size >= places) return;
    queue.delete(next);
    next.begin();
  };

  const lose = (lost: ChildProcess, why: string): void => {
    if (host !== lost) return;
    host = undefined;
    // Those that wait begin another process.
    for (const id of running.keys()) endOf(id, { kind: "broken", why });
  };

  const startHost = (): ChildProcess => {
    // Of this process's environment nothing is handed on, so that no program ever finds a token there.
    const started = spawn(process.execPath, ["--disable-sigusr1", fileURLToPath(ENTRY)], {
      cwd: "/",
      env: {},
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    started.on("error", (cause: NodeJS.ErrnoException) => lose(started, cause.code ?? "unknown error"));
    started.once("exit", (code, signal) => lose(started, signal ?? `exit code ${code}`));
    started.on("message", ({ id, ran }: ProgramAnswer) => {
      if (ran === undefined) running.get(id)?.onStart();
      else endOf(id, ran);
    });
    // Nothing waits for it: it ends with this process.
    started.unref();
    started.channel?.unref();
    return started;
  };

  const send = (request: ProgramRequest): void => {
    // Of a process that has ended the end is told; one that is ending takes nothing more.
    if (host?.connected === true) host.send(request, () => {});
  };

  return {
    run(program, signal, onStart) {
      return new Promise((resolve) => {
        const id = ++lastId;
        const waiting: Waiting = {
          begin() {
            signal.removeEventListener("abort", leave);
            running.set(id, { onStart, resolve });
            try {
              host ??= startHost();
            } catch (cause) {
              endOf(id, { kind: "broken", why: (cause as NodeJS.ErrnoException).code ?? "unknown error" });
              return;
            }
            signal.addEventListener("abort", stop, { once: true });
            if (host.connected) send({ kind: "run", id, program });
            else endOf(id, { kind: "broken", why: "it ends" });
          },
        };
        const leave = (): void => {
          queue.delete(waiting);
          resolve({ kind: "aborted" });
        };
        const stop = (): void => {
          resolve({ kind: "aborted" });
          if (running.has(id)) send({ kind: "kill", id });
        };
        if (signal.aborted) return resolve({ kind: "aborted" });
        if (running.size < places) return waiting.begin();
        queue.add(waiting);
        signal.addEventListener("abort", leave, { once: true });
        return undefined;
      });
    },
  };
}
