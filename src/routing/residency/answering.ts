/** Who answers by itself: an endpoint with addresses or a host, or the fallback of a profile. */
import type { DomainName } from "../../shared/domain-name.ts";
import type { Candidates } from "../candidates.ts";
import type { Endpoint, Labels, Profile, ResidencyRule } from "../snapshot.ts";
import { fallbackLabels, violationsOf, type Violation } from "./compliance.ts";
import { outcomeKey, type Outcome } from "./reach.ts";

export interface Answering {
  readonly profile: Profile;
  /** Undefined: the fallback. */
  readonly endpoint: Endpoint | undefined;
}

export interface Violating extends Answering {
  /** At least one. */
  readonly violations: readonly Violation[];
}

/** All that are among the candidates, and the fallbacks that these clients may have: with no candidates it is none. */
export function answeringIn(candidates: Candidates): readonly Answering[] {
  const within = new Set([candidates]);
  const found: Answering[] = [];
  for (const { profile, tiers, fallbackRule } of within) {
    for (const { endpoint, nested } of tiers.flat()) {
      if (nested === undefined) found.push({ profile, endpoint });
      else within.add(nested);
    }
    if (tiers.length > 0 && hasFallback(profile) && fallbackRule === undefined)
      found.push({ profile, endpoint: undefined });
  }
  return found;
}

/** What rules have taken away: endpoints here and in profiles that are left out for it, and fallbacks. */
export function removedIn(candidates: Candidates): readonly (Answering & { readonly rule: ResidencyRule })[] {
  const within = new Set([candidates]);
  const found: (Answering & { readonly rule: ResidencyRule })[] = [];
  for (const { profile, removed, empty, tiers, fallbackRule } of within) {
    for (const { nested } of [...empty, ...tiers.flat()]) if (nested !== undefined) within.add(nested);
    for (const { endpoint, rule } of removed) found.push({ profile, endpoint, rule });
    if (fallbackRule !== undefined) found.push({ profile, endpoint: undefined, rule: fallbackRule });
  }
  return found;
}

export function hasFallback({ whenAllDown }: Profile): boolean {
  return whenAllDown.action === "fallback";
}

export function hostOf({ profile: { whenAllDown }, endpoint }: Answering): DomainName | undefined {
  const target = endpoint?.target ?? (whenAllDown.action === "fallback" ? whenAllDown.target : undefined);
  return target?.kind === "host" ? target.host : undefined;
}

export function labelsOf({ profile, endpoint }: Answering): Labels {
  return endpoint?.labels ?? fallbackLabels(profile);
}

export function violating<T extends Answering>(at: T, rule: ResidencyRule): T & Violating {
  return { ...at, violations: violationsOf(labelsOf(at), rule) };
}

/** As `outcomeKey` names its outcome. */
export function answeringKey({ profile, endpoint }: Answering): string {
  const outcome: Outcome = endpoint === undefined ? { kind: "fallback", profile } : { kind: "endpoint", endpoint };
  return outcomeKey(outcome);
}
