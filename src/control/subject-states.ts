/**
 * How everything is that a notice can be about: endpoints, profiles, regions of geographic profiles, and residency rules.
 * An endpoint's state is its status, whatever an operator forces; the others are what clients get of it.
 */
import type { EndpointOutline, Outline, ProfileOutline } from "../routing/outline.ts";
import { isInService } from "../routing/in-service.ts";
import { leftByRule } from "../routing/residency/left-by-rule.ts";
import type { Labels } from "../routing/snapshot.ts";
import { createStatuses, type Statuses } from "../routing/statuses.ts";
import type { Known, RollUp } from "./roll-up.ts";
import type { Served } from "./served.ts";

/** Of one subject. Only `reloads` has no profile. */
export interface SubjectState extends NamedSubject {
  /** `degraded`, `down` and `refused` are trouble; `checking` is not known; all others are well. */
  readonly state: string;
  /** Milliseconds since the Unix epoch: when it began, where that is known. */
  readonly since: number | undefined;
  readonly reason: string | undefined;
  readonly site: string | undefined;
  readonly labels: Labels;
}

export interface NamedSubject {
  readonly kind: "endpoint" | "profile" | "region" | "rule" | "reload";
  readonly profile: string | undefined;
  /** The endpoint, region or rule of the profile. */
  readonly part: string | undefined;
}

const NO_LABELS: Labels = {};

/** Endpoints that are looked at between two turns. */
const SLICE = 2000;

/** In turns, so that the caller can let others go first at each. */
export function* subjectStates(
  { outline, states, probedOf }: Served,
  rollUp: Pick<RollUp, "pinned">,
): Generator<readonly SubjectState[]> {
  const known = rollUp.pinned();
  const reasonOf = ({ id }: EndpointOutline): string | undefined => probedOf(id)?.reason;
  let found: SubjectState[] = [];
  let statuses = createStatuses(outline, states.view);
  for (const profile of outline.profiles) {
    found.push(profileState(outline, profile, statuses, known.profile(profile.id)));
    for (const endpoint of profile.endpoints) {
      found.push(endpointState(profile, endpoint, statuses, known.endpoint(endpoint.id), reasonOf));
      found.push(...regionStates(profile, endpoint, statuses));
    }
    found.push(...ruleStates(outline, profile, statuses));
    if (found.length < SLICE) continue;
    yield found;
    found = [];
    // Probes have gone on.
    statuses = createStatuses(outline, states.view);
  }
  yield found;
}

function profileState(outline: Outline, profile: ProfileOutline, statuses: Statuses, known: Known): SubjectState {
  const up = profile.endpoints.filter((endpoint) => statuses.isEligible(endpoint));
  const state = !isInService(outline, profile)
    ? statuses.ofProfile(profile)
    : stateOf(up, statuses, statuses.ofProfile(profile));
  return { ...PLAIN, kind: "profile", profile: profile.name, part: undefined, state, since: known.since };
}

/** Down where nothing is up, not known where it is not known of all that is, else as it is said. */
function stateOf(up: readonly EndpointOutline[], statuses: Statuses, otherwise: string): string {
  if (up.length === 0) return "down";
  return up.every((endpoint) => statuses.of(endpoint) === "checking") ? "checking" : otherwise;
}

function endpointState(
  profile: ProfileOutline,
  endpoint: EndpointOutline,
  statuses: Statuses,
  { since }: Known,
  reasonOf: (endpoint: EndpointOutline) => string | undefined,
): SubjectState {
  const { name, site, labels } = endpoint;
  const state = statuses.of(endpoint);
  const reason = state === "degraded" ? reasonOf(endpoint) : undefined;
  return { kind: "endpoint", profile: profile.name, part: name, state, since, reason, site, labels };
}

function regionStates(profile: ProfileOutline, endpoint: EndpointOutline, statuses: Statuses): readonly SubjectState[] {
  const { site, labels, enabled, placement } = endpoint;
  if (!enabled || !profile.enabled) return [];
  const state = stateOf(statuses.isEligible(endpoint) ? [endpoint] : [], statuses, "up");
  return placement.regions.map((part) => ({
    ...PLAIN,
    kind: "region",
    profile: profile.name,
    part,
    state,
    site,
    labels,
  }));
}

function ruleStates(outline: Outline, profile: ProfileOutline, statuses: Statuses): readonly SubjectState[] {
  return profile.fencedBy.flatMap((rule): readonly SubjectState[] => {
    const left = leftByRule(outline, profile, rule);
    if (left.length === 0) return [];
    const up = left.filter((endpoint) => statuses.isEligible(endpoint));
    return [{ ...PLAIN, kind: "rule", profile: profile.name, part: rule, state: stateOf(up, statuses, "up") }];
  });
}

const PLAIN = { since: undefined, reason: undefined, site: undefined, labels: NO_LABELS } as const;
