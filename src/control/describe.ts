/** Endpoints and profiles of an outline as the desk tells them. */
import type { Status } from "../routing/health-view.ts";
import type { EndpointOutline, Outline, ProfileOutline } from "../routing/outline.ts";
import { leftByRule } from "../routing/residency/left-by-rule.ts";
import { hasAddressUp } from "../routing/addresses-down.ts";
import type { Statuses } from "../routing/statuses.ts";
import type { Counts, EndpointName, Instant, ProfileStatus } from "./control.ts";

export function instant(at: number): Instant {
  return new Date(at).toISOString();
}

export function endpointName({ profiles, endpoints }: Outline, id: number): EndpointName {
  const { profile, name } = endpoints[id]!;
  return `${profiles[profile]!.name}/${name}`;
}

export function countsOf(statuses: Iterable<Status>): Counts {
  const counts: Partial<Record<Status, number>> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Those that are served by choice, in all and by family. A host may have addresses of both, and so may a profile. */
export function eligibleOf({ endpoints }: ProfileOutline, statuses: Statuses): ProfileStatus["eligible"] {
  let [all, ipv4, ipv6] = [0, 0, 0];
  for (const endpoint of endpoints) {
    if (!statuses.isEligible(endpoint)) continue;
    const { target } = endpoint;
    all++;
    const has = (family: 4 | 6): boolean =>
      target.kind !== "address" || hasAddressUp(target, family, statuses.addressesDownOf(endpoint));
    ipv4 += Number(has(4));
    ipv6 += Number(has(6));
  }
  return { all, ipv4, ipv6 };
}

/** Regions of endpoints that are not served by choice: a region belongs to one endpoint of a profile. */
export function regionsDown({ endpoints }: ProfileOutline, statuses: Statuses): readonly string[] {
  return endpoints.flatMap((endpoint) => (isDown(endpoint, statuses) ? endpoint.placement.regions : []));
}

/**
 * Residency rules, by name, that leave their clients something by configuration, of which nothing is served by choice. A
 * nested profile counts by its own status.
 */
export function rulesDown(outline: Outline, profile: ProfileOutline, statuses: Statuses): readonly string[] {
  return profile.fencedBy.filter((rule) => {
    const left = leftByRule(outline, profile, rule);
    return left.length > 0 && !left.some((endpoint) => statuses.isEligible(endpoint));
  });
}

function isDown(endpoint: EndpointOutline, statuses: Statuses): boolean {
  return endpoint.enabled && !statuses.isEligible(endpoint);
}

const ALL_DOWN: Readonly<Record<ProfileOutline["whenAllDown"]["action"], string>> = {
  serveAll: "all are served as if they were up",
  nodata: "no records (NODATA)",
  servfail: "a failure (SERVFAIL)",
  fallback: "the fallback",
};

/** What a profile answers that has no endpoint up. */
export function allDownAnswer(
  outline: Outline,
  { endpoints, whenAllDown }: ProfileOutline,
  statuses: Statuses,
): string {
  const isOut = (endpoint: EndpointOutline): boolean => !endpoint.enabled || statuses.forcedOf(endpoint) === "out";
  return whenAllDown.action === "serveAll" && endpoints.every(isOut)
    ? "no records (NODATA): all are taken out"
    : ALL_DOWN[whenAllDown.action];
}
