/** `geosteer serve`: runs until a signal, and turns a start that fails into lines and exit code 1. */
import { isatty } from "node:tty";
import { createGeosteer, type Addresses } from "../../app/geosteer.ts";
import { createLogger } from "../../telemetry/logger.ts";
import { printProblems } from "../print-problems.ts";
import { workingFolder } from "../working-folder.ts";

/** Milliseconds; a stop that takes longer is ended. Of its five seconds, what waits to be logged may take half a one. */
const STOP_LIMIT = 4300;

const STANDARD_OUTPUT = 1;
const STANDARD_STREAMS = [0, STANDARD_OUTPUT, 2];

export interface ServeOptions {
  /** Whether the configuration that was served last is served where the file's is broken. */
  readonly lastGood?: boolean;
  /** Whether it ends where the terminal does that it was started on: SIGHUP is then no wish for a reload. */
  readonly endsWithTerminal?: boolean;
}

/** Resolves when geosteer serves. A signal ends the process, also before that. */
export async function serve(
  configFile: string,
  { lastGood = false, endsWithTerminal = false }: ServeOptions = {},
): Promise<Addresses> {
  const geosteer = createGeosteer(
    { configFile, folder: workingFolder(), lastGood },
    { logger: createLogger({ pretty: isatty(STANDARD_OUTPUT) }) },
  );
  // Where the folder is removed, as that of a release before, no thread could be started in it.
  process.chdir("/");
  let stopping = false;
  const stop = (): void => {
    // The second signal means it.
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), STOP_LIMIT).unref();
    void geosteer.stop().then((isClean) => {
      // A thread that hangs in the disk is waited for by an exit, without end.
      if (!isClean) process.kill(process.pid, "SIGKILL");
      process.exit(0);
    });
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  // Known now: of a terminal that is gone it cannot be asked.
  const isBound = endsWithTerminal && STANDARD_STREAMS.some((descriptor) => isatty(descriptor));
  process.on("SIGHUP", isBound ? stop : () => void geosteer.reload());

  const started = await geosteer.start();
  if (stopping) return new Promise(() => {});
  if (started.ok) return started.value;
  printProblems(started.error);
  // A pipe takes 64 KiB at once, and a reader that stands still holds nothing up.
  setTimeout(() => process.exit(1), STOP_LIMIT).unref();
  return new Promise(() => process.stderr.write("", () => process.exit(1)));
}
