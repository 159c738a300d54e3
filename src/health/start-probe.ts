/** One probe, running: held to its monitor's timeout, timed, and abortable. Judges nothing. */
import type { EndpointCheck, Monitor } from "../routing/snapshot.ts";
import type { Clock } from "../shared/ports.ts";
import type { Probe, ProbeOutcome } from "./probes/probe.ts";
import type { ProbeTable } from "./probes/table.ts";

export interface RunningProbe {
  /** The outcome; it comes soon after `abort` too. */
  readonly outcome: Promise<ProbeOutcome>;
  /** Closes the sockets: nobody wants the outcome any more. */
  abort(): void;
}

export function startProbe(probes: ProbeTable, check: EndpointCheck, monitor: Monitor, clock: Clock): RunningProbe {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  // An answer may have arrived while this thread was busy elsewhere: sockets are read once more before the verdict.
  const timer = setTimeout(() => setImmediate(abort), monitor.timeout);
  const startedAt = clock();
  // The table's key and the monitor's protocol are one, which the type of a table cannot say.
  const probe = probes[monitor.protocol] as Probe;
  const outcome = probe(check, monitor, controller.signal)
    .then((verdict) => ({ ...verdict, durationMs: clock() - startedAt }))
    .finally(() => clearTimeout(timer));
  return { outcome, abort };
}
