/**
 * The process that programs of the operator's are started from. To start one is to copy the tables of this process's
 * memory (fork(2)), which holds a server of some hundred megabytes up for tens of milliseconds, DNS workers included,
 * and a process as small as this one for less than one. Ends with the server, and its programs with it.
 */
import type { ProgramAnswer, ProgramRequest } from "./programs.ts";
import { runProgram, type RunningProgram } from "./run-program.ts";

// Signals for the server that are sent to all of its processes: it is the server that ends this one.
for (const signal of ["SIGHUP", "SIGINT", "SIGUSR1", "SIGUSR2"] as const) process.on(signal, () => {});

process.title = "geosteer: programs";

const running = new Map<number, RunningProgram>();

function end(): never {
  for (const program of running.values()) program.kill();
  process.exit(0);
}

process.on("SIGTERM", end);
process.on("disconnect", end);
process.on("message", (request: ProgramRequest) => {
  const { id } = request;
  if (request.kind === "kill") {
    running.get(id)?.kill();
    return;
  }
  const program = runProgram(request.program);
  running.set(id, program);
  tell({ id, ran: undefined });
  void program.ran.then((ran) => {
    running.delete(id);
    tell({ id, ran });
  });
});

function tell(answer: ProgramAnswer): void {
  if (process.connected) process.send!(answer);
}
