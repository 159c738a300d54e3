/**
 * Exec probe: a program of the operator's tells by its exit code whether the endpoint is up, as checks of Nagios do. It
 * gets the endpoint in its arguments and its environment. The first line that it prints is shown with a failure: it is
 * the operator's own word, and the only reason that there is; what is no printable ASCII is left out of it.
 *
 * Whatever keeps the program from judging (it is missing, it crashed, it was not started in time) says nothing of
 * the endpoint.
 */
import { fillPlaceholders } from "../../shared/placeholders.ts";
import type { ExecMonitor } from "../monitoring.ts";
import { createPrograms, type Programs } from "../programs/programs.ts";
import { endpointValues } from "./endpoint-values.ts";
import { timedOut } from "./network-failure.ts";
import type { Probe, ProbeFailure, ProbeVerdict } from "./probe.ts";

/**
 * Programs at a time. Most wait for a network and cost little but memory; each that hangs holds its place for a whole
 * timeout.
 */
const PLACES = 32;

export const execProbe = createExecProbe(createPrograms({ places: PLACES }));

export function createExecProbe(programs: Programs): Probe<ExecMonitor> {
  return async (probed, { command, timeout }, signal) => {
    const values = endpointValues(probed);
    // A program takes an argument that begins so for an option. No address does, and no name that RFC 952 allows a host.
    if (values.host.startsWith("-")) return notProbed("a host that begins with a hyphen is given to no program");
    const environment = {
      PATH: "/usr/bin:/bin",
      LANG: "C",
      GEOSTEER_HOST: values.host,
      GEOSTEER_PORT: values.port,
      GEOSTEER_PROFILE: values.profile,
      GEOSTEER_ENDPOINT: values.endpoint,
    };
    const askedAt = performance.now();
    let begunAt: number | undefined;
    const begun = (): void => void (begunAt = performance.now());
    const filled = command.map((argument) => fillPlaceholders(argument, values));
    const ran = await programs.run({ command: filled, environment }, signal, begun);
    if (ran.kind === "exited") return judge(ran.code, ran.output);
    if (ran.kind === "killed") return notProbed(`the program was ended by ${ran.signal}`);
    if (ran.kind === "not-started") return notProbed(`the program cannot be started (${ran.why})`);
    if (ran.kind === "endless-output") return notProbed("the program writes without end");
    if (ran.kind === "broken") return notProbed(`no program can be started (${ran.why})`);
    if (begunAt === undefined)
      return notProbed(`not started within ${timeout} ms: ${PLACES} programs run already, or this machine is busy`);
    // One that began late had no fair time; most of it is fair, or nothing would be told of hosts that all hang.
    const waited = begunAt - askedAt;
    if (waited > timeout / 2) return notProbed(`the program waited ${Math.round(waited)} ms to be started`);
    return timedOut("the program has not ended", timeout);
  };
}

/** POSIX, "Exit Status for Commands": what a shell found, but could not execute, and what it did not find. */
const NOT_FOUND: ReadonlySet<number> = new Set([126, 127]);

function judge(code: number, output: string): ProbeVerdict {
  if (code === 0) return { ok: true };
  if (NOT_FOUND.has(code)) return notProbed(`exit code ${code}: the program did not find another`);
  const said = firstLine(output);
  return { ok: false, code: "exit-code", reason: said === "" ? `exit code ${code}` : `exit code ${code}: ${said}` };
}

/** Characters of it that are shown. */
const LONGEST = 100;

function firstLine(output: string): string {
  const [line = ""] = output.trimStart().split(/[\r\n]/, 1);
  return line
    .replaceAll(/[^ -~]+/g, " ")
    .trim()
    .slice(0, LONGEST);
}

function notProbed(reason: string): ProbeFailure {
  return { ok: false, code: "not-probed", reason };
}
