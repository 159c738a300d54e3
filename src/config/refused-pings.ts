/** Warns of monitors of protocol icmp that endpoints are probed with on a machine that does not allow it. */
import type { Formula, Monitoring } from "../health/monitoring.ts";
import type { Report } from "./diagnostic.ts";

/** `refusal`: why this machine does not allow it, asked only where it matters; undefined = it does. */
export function reportRefusedPings(
  { monitors, checks }: Monitoring,
  refusal: () => string | undefined,
  report: Report,
): void {
  const used = new Set(checks.flatMap((check) => check?.parts.flatMap(monitorsOf) ?? []));
  const names = new Set(
    [...used].map((id) => monitors[id]!).flatMap(({ protocol, name }) => (protocol === "icmp" ? [name] : [])),
  );
  const why = names.size === 0 ? undefined : refusal();
  if (why === undefined) return;
  for (const name of names) {
    report({
      code: "ping-not-allowed",
      path: ["monitors", name, "protocol"],
      what: `no probe by icmp from this machine: ${why}`,
      wanted: 'a user who may ping, as with sysctl net.ipv4.ping_group_range="0 2147483647", or another protocol',
    });
  }
}

function monitorsOf(formula: Formula): readonly number[] {
  if (formula.kind === "probe") return [formula.check.monitor];
  return formula.kind === "not" ? monitorsOf(formula.of) : formula.of.flatMap(monitorsOf);
}
