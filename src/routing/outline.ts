/**
 * A snapshot without what answers are made of: who there is, and what tells the status of each. Every snapshot is an
 * outline of itself; those of `profileOutlines` take a fifth of the memory, for a thread that never answers.
 */
import type { DomainName } from "../shared/domain-name.ts";
import type {
  Endpoint,
  Fence,
  HostTarget,
  Labels,
  MethodName,
  Placement,
  ProfileTarget,
  Snapshot,
  Target,
  WhenAllDown,
} from "./snapshot.ts";

export interface Outline {
  readonly profiles: readonly ProfileOutline[];
  readonly endpoints: readonly EndpointOutline[];
}

export interface ProfileOutline {
  readonly id: number;
  readonly name: string;
  readonly names: readonly DomainName[];
  readonly method: MethodName;
  readonly enabled: boolean;
  readonly endpoints: readonly EndpointOutline[];
  readonly whenAllDown: Pick<WhenAllDown, "action">;
  readonly fences: readonly FenceOutline[];
  readonly fencedBy: readonly string[];
}

type FenceOutline = Pick<Fence, "name" | "positions">;

export interface EndpointOutline {
  readonly id: number;
  readonly name: string;
  readonly profile: number;
  readonly enabled: boolean;
  readonly isProbed: boolean;
  readonly site: string | undefined;
  readonly labels: Labels;
  readonly placement: Pick<Placement, "regions">;
  readonly target: TargetOutline;
}

/** Of addresses only how many there are of each family. */
type TargetOutline =
  | ProfileTarget
  | Pick<HostTarget, "kind">
  | { readonly kind: "address"; readonly ipv4: Countable; readonly ipv6: Countable };

interface Countable {
  readonly length: number;
}

export function profileOutlines({ profiles }: Snapshot): readonly ProfileOutline[] {
  return profiles.map(({ id, name, names, method, enabled, endpoints, whenAllDown: { action }, fences, fencedBy }) => ({
    id,
    name,
    names,
    method,
    enabled,
    endpoints: endpoints.map((endpoint) => endpointOutline(endpoint, method)),
    whenAllDown: { action },
    fences: fences.length === 0 ? NO_FENCES : fences.map(fenceOutline),
    fencedBy,
  }));
}

export function outlineOf(profiles: readonly ProfileOutline[]): Outline {
  return { profiles, endpoints: profiles.flatMap(({ endpoints }) => endpoints) };
}

function endpointOutline(endpoint: Endpoint, method: MethodName): EndpointOutline {
  const { id, name, profile, enabled, isProbed, site, labels, placement, target } = endpoint;
  const { regions } = placement;
  return {
    id,
    name,
    profile,
    enabled,
    isProbed,
    site,
    labels,
    placement: method === "geographic" ? { regions } : NO_REGIONS,
    target: targetOutline(target),
  };
}

function fenceOutline({ name, positions }: Fence): FenceOutline {
  return { name, positions };
}

function targetOutline(target: Target): TargetOutline {
  if (target.kind === "profile") return target;
  if (target.kind === "host") return HOST;
  return addresses(target.ipv4.length, target.ipv6.length);
}

// One object each for all profiles and endpoints.
const NO_FENCES: readonly FenceOutline[] = [];
const NO_REGIONS = { regions: [] } as const;
const HOST = { kind: "host" } as const;
const byCounts = new Map<string, Extract<TargetOutline, { readonly kind: "address" }>>();

/** Most have one or two. */
function addresses(ipv4: number, ipv6: number): Extract<TargetOutline, { readonly kind: "address" }> {
  const key = `${ipv4} ${ipv6}`;
  let found = byCounts.get(key);
  if (found === undefined) {
    found = { kind: "address", ipv4: { length: ipv4 }, ipv6: { length: ipv6 } };
    byCounts.set(key, found);
  }
  return found;
}
