/** One probe, running: its host looked up, held to its monitor's timeout, timed, and abortable. Judges nothing. */
import type { ProbeCheck, Monitor } from "./monitoring.ts";
import type { Clock } from "../shared/ports.ts";
import type { HostLookup } from "./lookup/host-lookup.ts";
import { timedOut } from "./probes/network-failure.ts";
import type { Probe, ProbedHost, ProbeOutcome, ProbeVerdict } from "./probes/probe.ts";
import { ASKS_OTHERS, type ProbeTable } from "./probes/table.ts";

export interface RunningProbe {
  /** The outcome; it comes soon after `abort` too. */
  readonly outcome: Promise<ProbeOutcome>;
  /** Closes the sockets: nobody wants the outcome any more. */
  abort(): void;
}

export interface ProbeDeps {
  readonly probes: ProbeTable;
  readonly lookup: Pick<HostLookup, "find">;
  readonly clock: Clock;
}

export function startProbe({ probes, lookup, clock }: ProbeDeps, check: ProbeCheck, monitor: Monitor): RunningProbe {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  // An answer may have arrived while this thread was busy elsewhere: sockets are read once more before the verdict.
  const timer = setTimeout(() => setImmediate(abort), monitor.timeout);
  const startedAt = clock();
  const ask = async ({ signal }: AbortController): Promise<ProbeVerdict> => {
    const find: ProbedHost["find"] = (name) => lookup.find(name, monitor.timeout, signal);
    const found = ASKS_OTHERS.has(monitor.protocol) ? NOT_LOOKED_UP : await find(check.host);
    if (!found.ok) return found;
    if (signal.aborted) return timedOut("nothing asked", monitor.timeout);
    // The table's key and the monitor's protocol are one, which the type of a table cannot say.
    const probe = probes[monitor.protocol] as Probe;
    const { host, port, serverName, subject } = check;
    return probe({ addresses: found.addresses, host, port, serverName, subject, find }, monitor, signal);
  };
  const outcome = ask(controller)
    .then((verdict) => ({ ...verdict, durationMs: clock() - startedAt }))
    .finally(() => clearTimeout(timer));
  return { outcome, abort };
}

const NOT_LOOKED_UP = { ok: true, addresses: [] } as const;
