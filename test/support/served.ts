/** A generation as the desk sees it, without a server: states that tests set, probes that say nothing. */
import type { Served, ServedSite } from "../../src/control/served.ts";
import { settledHealth, type ProbedStatus } from "../../src/routing/health-view.ts";
import { createAround } from "../../src/routing/profiles-around.ts";
import { targetText } from "../../src/routing/target-text.ts";
import { createStates } from "../../src/state/states.ts";
import { snapshotOf, type SnapshotSpec } from "./snapshot.ts";

export interface TestServed extends Served {
  /** What probes find of endpoints, as `profile/endpoint`; returns the profiles that it may matter to. */
  probe(found: Readonly<Record<string, ProbedStatus>>): ReadonlySet<number>;
  idOf(path: string): number;
}

/** All endpoints are online at first. */
export function servedOf(spec: SnapshotSpec, number = 1, sites: readonly ServedSite[] = []): TestServed {
  const outline = snapshotOf(spec);
  const states = createStates(outline, createAround(outline));
  states.probe(outline.endpoints.map(({ id }) => [id, settledHealth("online")]));
  const idOf = (path: string): number => {
    const [profile, endpoint] = path.split("/");
    return outline.profiles.find(({ name }) => name === profile)!.endpoints.find(({ name }) => name === endpoint)!.id;
  };
  return {
    number,
    outline,
    states,
    sites,
    databases: [],
    probedOf: () => undefined,
    targetText: (endpoint) => targetText(outline, outline.endpoints[endpoint]!.target),
    probe: (found) => states.probe(Object.entries(found).map(([path, status]) => [idOf(path), settledHealth(status)])),
    idOf,
  };
}
