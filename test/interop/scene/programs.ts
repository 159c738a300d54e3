/** The programs that the suite runs, and the Debian packages that bring them. */
import { findProgram } from "../../bench/peers/programs.ts";

export const PACKAGES = {
  delv: "bind9-dnsutils",
  dig: "bind9-dnsutils",
  dnsperf: "dnsperf",
  dnsviz: "dnsviz",
  drill: "ldnsutils",
  kdig: "knot-dnsutils",
  knotd: "knot",
  kresd: "knot-resolver",
  named: "bind9",
  "named-compilezone": "bind9-utils",
  "named-rrchecker": "bind9",
  pdns_recursor: "pdns-recursor",
  "prometheus-alertmanager": "prometheus-alertmanager",
  prometheus: "prometheus",
  promtool: "prometheus",
  setpriv: "util-linux",
  unbound: "unbound",
  "unbound-control": "unbound",
  "zonemaster-cli": "zonemaster-cli",
} as const;

export type Program = keyof typeof PACKAGES;

export function fileOf(program: Program): string {
  const file = findProgram(program);
  if (file === undefined) throw new Error(`${program} is not installed: apt-get install ${PACKAGES[program]}`);
  return file;
}

/** One sentence; undefined = all are installed. */
export function lackOf(programs: readonly Program[]): string | undefined {
  const missing = programs.filter((program) => findProgram(program) === undefined);
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map((program) => PACKAGES[program]))];
  return `not installed: ${missing.join(", ")} (apt-get install ${packages.join(" ")})`;
}
