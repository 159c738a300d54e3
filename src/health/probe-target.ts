/**
 * What is probed: the distinct probe targets of a snapshot. Endpoints whose monitor, headers, host, port and server name
 * are the same share one, with one probe and one state, whatever their own targets, which clients get. A server name that no
 * probe sends tells none apart. Disabled endpoints and the endpoints of disabled profiles are not probed: they are never
 * served, and nobody wants traffic on what he switched off.
 */
import { createHash } from "node:crypto";
import type { Profile, Snapshot } from "../routing/snapshot.ts";
import type { EndpointCheck, Formula, Monitor, Monitoring, ProbeCheck } from "./monitoring.ts";

export interface ProbeTarget {
  /**
   * Equal for two targets, of any two snapshots, exactly when their results mean the same: monitor name, everything
   * that decides a verdict, host, port and the server name that is sent, but not the timing. A digest: headers may hold
   * secrets, and the key is kept in the state file.
   */
  readonly key: string;
  /**
   * The target's name for people, such as `https://203.0.113.10:443 (shop.example.com)`. With the monitor's name it is
   * one target's of the snapshot alone: of those that differ in headers, which are not told, later ones are named by their
   * first endpoint.
   */
  readonly label: string;
  readonly check: ProbeCheck;
  readonly monitor: Monitor;
  /** The names of the profiles with endpoints that it is probed for. */
  readonly profiles: readonly string[];
}

/** An endpoint whose status follows from probe targets. */
export interface ProbedEndpoint {
  /** The endpoint's id. */
  readonly id: number;
  readonly name: string;
  /** The profile's name. */
  readonly profile: string;
  /** Over indexes of probe targets. */
  readonly check: EndpointCheck<number>;
  /** Whether a TTL falls as it nears a change: else who answers is not told that it does. */
  readonly movesTtl: boolean;
}

export interface ProbePlan {
  /** In the order of their first endpoints. */
  readonly targets: readonly ProbeTarget[];
  /** In the order of their ids. */
  readonly endpoints: readonly ProbedEndpoint[];
}

export interface Probed {
  readonly snapshot: Pick<Snapshot, "profiles" | "endpoints">;
  readonly monitoring: Monitoring;
}

export function planProbes({ snapshot, monitoring }: Probed): ProbePlan {
  const targets: (ProbeTarget & { readonly profiles: string[] })[] = [];
  const endpoints: ProbedEndpoint[] = [];
  const indexes = new Map<string, number>();
  const taken = new Set<string>();
  const indexOf = (check: ProbeCheck, profile: string, subject: string): number => {
    const monitor = monitoring.monitors[check.monitor]!;
    const key = keyOf(check, monitor);
    const known = indexes.get(key);
    if (known !== undefined) {
      const { profiles } = targets[known]!;
      if (profiles.at(-1) !== profile) profiles.push(profile);
      return known;
    }
    const base = labelOf(check, monitor);
    const isTaken = taken.has(`${monitor.name} ${base}`);
    taken.add(`${monitor.name} ${base}`);
    indexes.set(key, targets.length);
    const label = isTaken ? `${base} for ${subject}` : base;
    return targets.push({ key, label, check, monitor, profiles: [profile] }) - 1;
  };
  const withTtl = profilesWithTtl(snapshot);
  for (const { id, name, profile: profileId, enabled } of snapshot.endpoints) {
    const profile = snapshot.profiles[profileId]!;
    const check = monitoring.checks[id];
    if (check === undefined || !enabled || !profile.enabled) continue;
    const parts = check.parts.map((part) =>
      renamed(part, (one) => indexOf(one, profile.name, `${profile.name}/${name}`)),
    );
    const movesTtl = withTtl.has(profile);
    endpoints.push({ id, name, profile: profile.name, check: { addresses: check.addresses, parts }, movesTtl });
  }
  return { targets, endpoints };
}

/** Those whose TTL falls, and all that are nested in them. */
function profilesWithTtl({ profiles }: Probed["snapshot"]): ReadonlySet<Profile> {
  const found = new Set(profiles.filter(({ ttl, minTtl }) => minTtl < ttl));
  for (const { endpoints } of found) {
    for (const { target } of endpoints) if (target.kind === "profile") found.add(profiles[target.profile]!);
  }
  return found;
}

/** All probe targets, in the order of their first endpoints. */
export function probeTargets(probed: Probed): readonly ProbeTarget[] {
  return planProbes(probed).targets;
}

function renamed(formula: Formula, nameOf: (check: ProbeCheck) => number): Formula<number> {
  if (formula.kind === "probe") return { kind: "probe", check: nameOf(formula.check) };
  if (formula.kind === "not") return { kind: "not", of: renamed(formula.of, nameOf) };
  return { ...formula, of: formula.of.map((member) => renamed(member, nameOf)) };
}

/** Keys that do not decide a verdict: an id is of one snapshot, timing says when to ask and how long to believe. */
const NOT_ASKED: ReadonlySet<string> = new Set([
  "id",
  "interval",
  "fastInterval",
  "timeout",
  "toleratedFailures",
  "window",
  "recoverAfter",
  "hold",
  "damping",
  "failback",
  "rampUp",
] satisfies (keyof Monitor)[]);

function keyOf(check: ProbeCheck, monitor: Monitor): string {
  const asked = Object.entries(monitor).filter(([name]) => !NOT_ASKED.has(name));
  const serverName = sentServerName(check, monitor);
  const all = JSON.stringify([
    check.host,
    check.port,
    serverName,
    check.subject,
    asked.toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  return createHash("sha256").update(all).digest("base64url");
}

/**
 * The server name where the probe sends it: in a Host header or `:authority`, or in the handshake of TLS, unless the
 * monitor has one of its own.
 */
function sentServerName({ serverName }: ProbeCheck, monitor: Monitor): string | undefined {
  if ("headers" in monitor) return monitor.headers["host"] === undefined ? serverName : undefined;
  if (monitor.protocol === "grpc") return serverName;
  const tls = "tls" in monitor ? monitor.tls : undefined;
  return tls !== undefined && tls.serverName === undefined ? serverName : undefined;
}

function labelOf(check: ProbeCheck, monitor: Monitor): string {
  const { host, port, subject } = check;
  const atPort = port === 0 ? "" : `:${port}`;
  const address = `${monitor.protocol}://${host.includes(":") ? `[${host}]` : host}${atPort}`;
  const name = subject ?? sentServerName(check, monitor) ?? host;
  return name === host ? address : `${address} (${name})`;
}
