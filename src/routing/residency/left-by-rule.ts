/**
 * What a residency rule leaves its clients in a profile by configuration alone: the endpoints that comply and count, and
 * of nested profiles those in which it leaves something. Whether any of them is up is not asked here.
 */
import { counts } from "../in-service.ts";
import type { EndpointOutline, Outline, ProfileOutline } from "../outline.ts";

/** `rule`: its name, one of the profile's `fencedBy`. */
export function leftByRule(outline: Outline, profile: ProfileOutline, rule: string): readonly EndpointOutline[] {
  if (!profile.enabled) return [];
  const removed = new Set(profile.fences.find(({ name }) => name === rule)?.positions);
  return profile.endpoints.filter((endpoint, position) => {
    if (removed.has(position) || !counts(outline, endpoint)) return false;
    const { target } = endpoint;
    return target.kind !== "profile" || leavesAny(outline, target.profile, rule);
  });
}

/** Whether it leaves anything in a nested profile: those may be nested in many, and each is looked at once. */
function leavesAny(outline: Outline, id: number, rule: string): boolean {
  const profile = outline.profiles[id]!;
  // What no rule removes anything from, it leaves as it is; and it counts, or nobody would ask.
  if (!profile.fencedBy.includes(rule)) return true;
  const ofOutline = known.get(outline) ?? new Map<string, Map<number, boolean>>();
  known.set(outline, ofOutline);
  const ofRule = ofOutline.get(rule) ?? new Map<number, boolean>();
  ofOutline.set(rule, ofRule);
  let found = ofRule.get(id);
  if (found === undefined) {
    found = leftByRule(outline, profile, rule).length > 0;
    ofRule.set(id, found);
  }
  return found;
}

/** By rule and profile id, of nested profiles that the rule removes something from. An outline never changes. */
const known = new WeakMap<Outline, Map<string, Map<number, boolean>>>();
