/**
 * Keys of endpoints that mean something to a probe alone: `probe` needs a monitor that asks somebody, `headers` one
 * that sends headers. Those
 * of an endpoint at the top level have to mean something in one of the profiles that use it.
 */
import { leavesOf } from "../composites.ts";
import type { Report } from "../diagnostic.ts";
import { monitorOf } from "../monitor-of.ts";
import { ofName } from "../of-name.ts";
import type { Path } from "../path.ts";
import { protocolNames, protocols } from "../protocols/table.ts";
import type { Config, EndpointConfig, MonitorConfig } from "../schema/config.ts";
import type { Check } from "./check.ts";

const probeKeys = ["probe", "headers"] as const;
type ProbeKey = (typeof probeKeys)[number];

interface Problem {
  readonly what: string;
  readonly wanted: string;
  readonly because: readonly Path[];
}

export const checkEndpointProbes: Check = ({ config, parts }, report) => {
  for (const key of probeKeys) {
    /** By the name of an endpoint at the top level with the key: the problem where it is used; undefined once there is none. */
    const ofShared = new Map<string, Problem | undefined>();
    for (const { path, own, endpoint, monitor } of endpointsOf(config, parts)) {
      const { use } = own;
      const isShared = use !== undefined && ofName(parts.endpoints, use)?.[key] !== undefined;
      if (own[key] === undefined && !isShared) continue;
      // Beside a nested profile it is told as a key of another target.
      const problem =
        endpoint.profile === undefined ? problemOf(key, monitor, path, endpoint, config.monitors) : undefined;
      if (own[key] !== undefined) tell(key, path, problem, report);
      if (isShared && (problem === undefined || !ofShared.has(use))) ofShared.set(use, problem);
    }
    for (const [name, problem] of ofShared) tell(key, ["endpoints", name], problem, report);
  }
};

interface Used {
  readonly path: Path;
  readonly own: EndpointConfig;
  /** With what it has from elsewhere. */
  readonly endpoint: EndpointConfig;
  readonly monitor: string | undefined;
}

function* endpointsOf({ profiles }: Config, parts: Config): Generator<Used> {
  for (const [name, profile] of Object.entries(profiles)) {
    const written = parts.profiles[name]!.endpoints;
    for (const [endpointName, endpoint] of Object.entries(profile.endpoints)) {
      const path = ["profiles", name, "endpoints", endpointName];
      yield { path, own: written[endpointName]!, endpoint, monitor: monitorOf(profile, endpoint) };
    }
  }
}

function problemOf(
  key: ProbeKey,
  name: string | undefined,
  path: Path,
  { probe }: EndpointConfig,
  monitors: Readonly<Record<string, MonitorConfig>>,
): Problem | undefined {
  const because = [
    [...path, key],
    [...path, "monitor"],
    [...path.slice(0, 2), "monitor"],
  ];
  if (name === undefined) {
    return { what: `${key} means nothing without a monitor`, wanted: `no ${key}, or a monitor`, because };
  }
  const monitor = ofName(monitors, name);
  if (monitor === undefined) return undefined;
  const leaves = leavesOf(name, monitors).map((leaf) => ({ leaf, protocol: monitors[leaf]!.protocol! }));
  if (leaves.length === 0) return undefined;
  const of = monitor.protocol === undefined ? `monitor ${name}` : `protocol ${monitor.protocol} of monitor ${name}`;
  const chosen = [...because, ...leaves.map(({ leaf }) => ["monitors", leaf, "protocol"])];
  if (key === "headers" && !leaves.some(({ protocol }) => sendsHeaders(protocol))) {
    const wanted = `no headers, or a monitor of protocol ${protocolNames.filter(sendsHeaders).join(" or ")}`;
    return { what: `headers means nothing for ${of}`, wanted, because: chosen };
  }
  if (key === "probe" && leaves.every(({ protocol }) => protocol === "push")) {
    return { what: `probe means nothing for ${of}`, wanted: "no probe", because: chosen };
  }
  if (key === "probe" && monitor.protocol === undefined && probe?.port !== undefined) {
    const what = `the port of probe means nothing for monitor ${name}, which is made of others`;
    return { what, wanted: "a host without a port: the monitors that probe have theirs", because: chosen };
  }
  return undefined;
}

function sendsHeaders(protocol: NonNullable<MonitorConfig["protocol"]>): boolean {
  return (protocols[protocol].keys as readonly string[]).includes("headers");
}

function tell(key: ProbeKey, at: Path, problem: Problem | undefined, report: Report): void {
  if (problem === undefined) return;
  const { because, ...said } = problem;
  report({ code: "misplaced-key", path: [...at, key], atKey: true, because: [[...at, key], ...because], ...said });
}
