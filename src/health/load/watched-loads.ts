/** The loads of a configuration with the probe targets that tell them. */
import { targetsOf } from "../endpoint-health.ts";
import type { LoadSubject } from "../monitoring.ts";
import type { ProbePlan } from "../probe-target.ts";
import type { WatchedLoad } from "./load-book.ts";

export function watchedLoads(loads: readonly LoadSubject[], { targets, endpoints }: ProbePlan): readonly WatchedLoad[] {
  const bySubject = new Map(endpoints.map((endpoint) => [`${endpoint.profile}/${endpoint.name}`, endpoint]));
  return loads.map((load) => {
    const own = load.endpoints.flatMap((name) => bySubject.get(name)?.check.parts.flatMap(targetsOf) ?? []);
    const telling = [...new Set(own)].map((index) => targets[index]!).filter(({ monitor }) => tells(monitor));
    return { ...load, targets: telling.map(({ key }) => key) };
  });
}

function tells(monitor: ProbePlan["targets"][number]["monitor"]): boolean {
  return "load" in monitor && monitor.load !== undefined;
}
