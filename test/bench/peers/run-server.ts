/** Starts a server as a child process, waits for its first answer, and knows what the kernel says of it. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { program } from "./programs.ts";
import { subnetQuery } from "./query-file.ts";
import type { ServerKind } from "./servers/server.ts";
import { freePort } from "../../support/free-port.ts";

export interface RunningServer {
  readonly kind: ServerKind;
  readonly port: number;
  /** Milliseconds from the start of the process to its first answer. */
  readonly readyAfter: number;
  /** Keeps all its threads on these cores. */
  pin(cores: readonly number[]): void;
  /** Seconds, user and system, of all its threads since its start. */
  cpuSeconds(): number;
  /** Resident memory in MiB. */
  residentMemory(): number;
  stop(): Promise<void>;
}

/** A server that ended or did not answer; the message has the end of its log. */
export class StartFailure extends Error {}

/** Milliseconds between two questions. */
const POLL = 5;
/** Milliseconds. */
const READY_LIMIT = 60_000;
const STOP_LIMIT = 3000;
/** Lines of the log in the message. */
const LAST_LINES = 20;
/** Clock ticks per second in /proc: USER_HZ, which is 100 on x86 and arm64. proc(5). */
const TICKS = 100;

const running = new Set<ChildProcess>();

/** For whatever way the benchmark ends. */
export function killAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** `scratch` gets a directory for each start. */
export async function startServer(kind: ServerKind, scratch: string, database: string): Promise<RunningServer> {
  const port = await freePort();
  const directory = mkdtempSync(path.join(scratch, "server-"));
  const command = await kind.configure({ directory, port, database });
  const logFile = path.join(directory, "log");
  const log = openSync(logFile, "a");
  const start = performance.now();
  const child = spawn(command.file, command.arguments, { stdio: ["ignore", log, log] });
  closeSync(log);
  running.add(child);
  let ended = "";
  child.once("error", (cause) => (ended = cause.message));
  child.once("exit", (code, signal) => {
    running.delete(child);
    ended = signal ?? `exit code ${code}`;
  });
  const readyAfter = await firstAnswer(port, start, () => ended !== "");
  if (readyAfter === undefined) {
    child.kill("SIGKILL");
    const lines = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-LAST_LINES);
    throw new StartFailure(`${kind.name} does not answer (${ended || "still running"}):\n${lines.join("\n")}`);
  }
  const pid = child.pid!;
  return {
    kind,
    port,
    readyAfter,
    pin(cores) {
      const { status, stderr } = spawnSync(program("taskset"), ["-a", "-c", "-p", cores.join(","), String(pid)]);
      if (status !== 0) throw new Error(`taskset: ${String(stderr)}`);
    },
    cpuSeconds() {
      // The second field is the program's name in brackets, which may hold spaces; utime and stime are 14 and 15.
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    },
    residentMemory() {
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
    },
    async stop() {
      if (ended !== "") return;
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      await Promise.race([exit, delay(STOP_LIMIT, undefined, { ref: false })]);
      if (ended === "") {
        child.kill("SIGKILL");
        await exit;
      }
    },
  };
}

/** Milliseconds since `start`; undefined = the process has ended, or does not answer in time. */
async function firstAnswer(port: number, start: number, hasEnded: () => boolean): Promise<number | undefined> {
  const socket = createSocket("udp4");
  // Refused while nobody listens.
  socket.on("error", () => {});
  socket.connect(port, "127.0.0.1");
  await once(socket, "connect");
  const query = subnetQuery(4, 24, Uint8Array.of(194, 25, 0));
  const answers: number[] = [];
  socket.on("message", (message) => {
    const isData = (message[3]! & 0xf) === 0 && message[7]! > 0;
    if (isData) answers.push(performance.now() - start);
  });
  while (answers.length === 0 && !hasEnded() && performance.now() - start < READY_LIMIT) {
    socket.send(query);
    await delay(POLL);
  }
  socket.close();
  return answers[0];
}
