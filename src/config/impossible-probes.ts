/**
 * Warns of monitors that endpoints are probed with and that this machine cannot run: icmp where it is not allowed,
 * programs that are not there. Endpoints keep the status that they have then.
 */
import type { Formula, Monitor, Monitoring } from "../health/monitoring.ts";
import type { Report } from "./diagnostic.ts";

/** Both say why this machine cannot, and are asked only where it matters; undefined = it can. */
export interface ProbeRefusals {
  readonly ping?: () => string | undefined;
  /** Of a program by its path: `no such file`. */
  readonly program?: (path: string) => string | undefined;
}

export function reportImpossibleProbes(
  { monitors, checks }: Monitoring,
  refusals: ProbeRefusals,
  report: Report,
): void {
  const used = new Set(checks.flatMap((check) => check?.parts.flatMap(monitorsOf) ?? []));
  const ping = kept(() => refusals.ping?.());
  for (const id of used) tellOf(monitors[id]!, { ping, program: (path) => refusals.program?.(path) }, report);
}

function tellOf(monitor: Monitor, { ping, program }: Required<ProbeRefusals>, report: Report): void {
  const { name } = monitor;
  if (monitor.protocol === "icmp") {
    const why = ping();
    if (why === undefined) return;
    report({
      code: "ping-not-allowed",
      path: ["monitors", name, "protocol"],
      what: `no probe by icmp from this machine: ${why}`,
      wanted: 'a user who may ping, as with sysctl net.ipv4.ping_group_range="0 2147483647", or another protocol',
    });
  } else if (monitor.protocol === "exec") {
    const why = program(monitor.command[0]!);
    if (why === undefined) return;
    report({
      code: "no-program",
      path: ["monitors", name, "command", 0],
      what: `a program that cannot be run: ${why}`,
      wanted: "the path of one that the server's user may run; until it is there its endpoints are not probed",
    });
  }
}

/** Asks once. */
function kept<T>(ask: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => (found ??= { value: ask() }).value;
}

function monitorsOf(formula: Formula): readonly number[] {
  if (formula.kind === "probe") return [formula.check.monitor];
  return formula.kind === "not" ? monitorsOf(formula.of) : formula.of.flatMap(monitorsOf);
}
