/**
 * One program of the operator's, run to its end: without a shell, in a session and process group of its own, with
 * nothing of this process but `/dev/null` and a pipe. Whatever it leaves behind in its group is killed with it; a child
 * that makes itself a session of its own (setsid(1)) is out of reach. Judges nothing.
 */
import { spawn } from "node:child_process";

export interface Program {
  /** The program's path and its arguments. */
  readonly command: readonly string[];
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export type Ran =
  | { readonly kind: "exited"; readonly code: number; readonly output: string }
  | { readonly kind: "killed"; readonly signal: string }
  /** `why`: a constant of the system, such as `ENOENT`. */
  | { readonly kind: "not-started"; readonly why: string }
  | { readonly kind: "endless-output" };

export interface RunningProgram {
  readonly ran: Promise<Ran>;
  /** Ends it and its children, by SIGKILL. */
  kill(): void;
}

/** Octets of standard output that are kept. */
const KEPT = 4096;

/** Octets after which whoever writes them is ended: they keep this process busy. */
const MOST = 1024 * 1024;

/** Milliseconds for what was written to arrive, once all who could write are dead. */
const LAST_OUTPUT_MS = 100;

export function runProgram({ command: [file, ...args], environment }: Program): RunningProgram {
  const { promise, resolve } = Promise.withResolvers<Ran>();
  let child: ReturnType<typeof start>;
  try {
    child = start(file!, args, environment);
  } catch (cause) {
    return { ran: Promise.resolve(notStarted(cause)), kill() {} };
  }
  const pieces: Buffer[] = [];
  let kept = 0;
  let seen = 0;
  let isFlooded = false;

  // It leads its group, whose number nobody else gets as long as one of it lives.
  const kill = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    } catch {
      // All of them have ended.
    }
  };
  const end = (ran: Ran): void => {
    child.stdout.destroy();
    resolve(ran);
  };

  child.stdout.on("data", (octets: Buffer) => {
    seen += octets.length;
    if (kept < KEPT) pieces.push(octets.subarray(0, KEPT - kept));
    kept = Math.min(KEPT, seen);
    if (seen <= MOST || isFlooded) return;
    isFlooded = true;
    kill();
  });
  child.stdout.on("error", () => {});
  child.once("error", (cause) => end(notStarted(cause)));
  child.once("exit", (code, signal) => {
    kill();
    const ended = (): void => {
      if (isFlooded) end({ kind: "endless-output" });
      else if (code === null) end({ kind: "killed", signal: signal! });
      else end({ kind: "exited", code, output: Buffer.concat(pieces).toString("latin1") });
    };
    const late = setTimeout(ended, LAST_OUTPUT_MS);
    child.once("close", () => {
      clearTimeout(late);
      ended();
    });
  });
  return { ran: promise, kill };
}

function start(file: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  return spawn(file, args, { cwd: "/", env, detached: true, stdio: ["ignore", "pipe", "ignore"] });
}

function notStarted(cause: unknown): Ran {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return { kind: "not-started", why: typeof code === "string" ? code : "unknown error" };
}
