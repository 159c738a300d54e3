/**
 * A number for each profile and endpoint that is another one when something of it has changed: what the main thread keeps
 * to tell what a reload changes, where it has neither snapshot nor monitors.
 */
import { hash } from "node:crypto";
import type { Monitoring } from "../../health/monitoring.ts";
import type { Endpoint, Profile, Snapshot, Target } from "../../routing/snapshot.ts";
import type { Digests } from "../../control/changes.ts";

/** Hexadecimal digits: as many bits as a number has room for. By chance two are equal once in 2^52 changes. */
const DIGITS = 13;

export function digestsOf(
  { profiles, endpoints, residency }: Snapshot,
  { monitors, checks, loads }: Monitoring,
): Digests {
  const monitorDigests = monitors.map((monitor) => digestOf({ ...monitor, id: undefined }));
  const ruleDigests = residency.map((rule) => digestOf({ ...rule, profiles: undefined }));
  const loadDigests = new Map(
    loads.flatMap(({ name, source, rules, endpoints: names }) => {
      const digest = digestOf([name.startsWith("site:"), source, rules]);
      return names.map((endpoint) => [endpoint, digest] as const);
    }),
  );
  const shared = new Map<object, number>();
  /** What thousands of profiles share is read once. */
  const digestOfShared = (value: object): number => {
    const known = shared.get(value) ?? digestOf(value);
    shared.set(value, known);
    return known;
  };

  const ofProfile = (profile: Profile): number => {
    const { policy, endpoints: own } = profile;
    const groupings = policy.groupings.map(digestOfShared);
    const fences = profile.fences.map(({ rule, positions, fallback }) => {
      return [ruleDigests[rule], positions.map((position) => own[position]!.name), fallback];
    });
    return digestOf({ ...profile, ...OUTSIDE, endpoints: undefined, policy: { ...policy, groupings }, fences });
  };
  const targetOf = (target: Target): unknown =>
    target.kind === "profile" ? { ...target, profile: profiles[target.profile]!.name } : target;
  const ofEndpoint = (endpoint: Endpoint): number => {
    const { id, profile, target, placement } = endpoint;
    // Without a priority of its own it is the place in the list, which other methods do not look at.
    const counted = profiles[profile]!.method === "priority" ? placement : { ...placement, priority: undefined };
    const check = checks[id];
    const probed =
      check && JSON.stringify(check, (key, part) => (key === "monitor" ? monitorDigests[part as number] : part));
    const load = loadDigests.get(`${profiles[profile]!.name}/${endpoint.name}`);
    return digestOf({ ...endpoint, ...OUTSIDE, target: targetOf(target), placement: counted, probed, load });
  };
  return { profiles: inSharedMemory(profiles.map(ofProfile)), endpoints: inSharedMemory(endpoints.map(ofEndpoint)) };
}

/** Its name, and ids, which are positions: they change with what stands before. JSON has nothing that is undefined. */
const OUTSIDE = { id: undefined, name: undefined, profile: undefined, leadsTo: undefined, fencedBy: undefined };

function digestOf(value: unknown): number {
  return Number.parseInt(hash("sha256", JSON.stringify(value)).slice(0, DIGITS), 16);
}

function inSharedMemory(numbers: readonly number[]): Float64Array {
  const made = new Float64Array(new SharedArrayBuffer(numbers.length * Float64Array.BYTES_PER_ELEMENT));
  made.set(numbers);
  return made;
}
