/**
 * A snapshot without what answers are made of: who there is, and what tells the status of each. Every snapshot is an
 * outline of itself; those of `profileOutlines` take a fifth of the memory, for a thread that never answers.
 */
import type { Endpoint, HostTarget, Labels, ProfileTarget, Snapshot, Target } from "./snapshot.ts";

export interface Outline {
  readonly profiles: readonly ProfileOutline[];
  readonly endpoints: readonly EndpointOutline[];
}

export interface ProfileOutline {
  readonly id: number;
  readonly name: string;
  readonly enabled: boolean;
  readonly endpoints: readonly EndpointOutline[];
}

export interface EndpointOutline {
  readonly id: number;
  readonly name: string;
  readonly profile: number;
  readonly enabled: boolean;
  readonly isProbed: boolean;
  readonly site: string | undefined;
  readonly labels: Labels;
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
  return profiles.map(({ id, name, enabled, endpoints }) => ({
    id,
    name,
    enabled,
    endpoints: endpoints.map(endpointOutline),
  }));
}

export function outlineOf(profiles: readonly ProfileOutline[]): Outline {
  return { profiles, endpoints: profiles.flatMap(({ endpoints }) => endpoints) };
}

function endpointOutline({ id, name, profile, enabled, isProbed, site, labels, target }: Endpoint): EndpointOutline {
  return { id, name, profile, enabled, isProbed, site, labels, target: targetOutline(target) };
}

function targetOutline(target: Target): TargetOutline {
  if (target.kind === "profile") return target;
  if (target.kind === "host") return HOST;
  return ADDRESSES[Math.min(1, target.ipv4.length)]![Math.min(1, target.ipv6.length)]!;
}

// One object each for all endpoints.
const HOST = { kind: "host" } as const;
const COUNTS: readonly Countable[] = [{ length: 0 }, { length: 1 }];
/** By the addresses that there are: none or some of IPv4, then of IPv6. */
const ADDRESSES = COUNTS.map((ipv4) => COUNTS.map((ipv6) => ({ kind: "address", ipv4, ipv6 }) as const));
