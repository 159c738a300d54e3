/** What a profile can answer with at all, whoever asks and whatever is up: the targets beneath it, fallbacks included. */
import { answerOf } from "./answer-of.ts";
import { counts, isInService, profilesWithin } from "./in-service.ts";
import { orderingOf } from "./order.ts";
import type { Question } from "./fork.ts";
import type { AddressTarget, Fence, HostTarget, Profile, Snapshot } from "./snapshot.ts";

/** None for a profile out of service. */
export function targetsOf(snapshot: Snapshot, profile: Profile): readonly (AddressTarget | HostTarget)[] {
  if (!isInService(snapshot, profile)) return [];
  return profilesWithin(snapshot, profile).flatMap(({ whenAllDown, endpoints }) => [
    ...(whenAllDown.action === "fallback" ? [whenAllDown.target] : []),
    ...endpoints.flatMap((endpoint) =>
      endpoint.target.kind !== "profile" && counts(snapshot, endpoint) ? [endpoint.target] : [],
    ),
  ]);
}

/**
 * Whether the answer to a question depends on the client or on health: records, or SERVFAIL. Where not, it is the same
 * NODATA for everybody.
 */
export function mayAnswer(snapshot: Snapshot, profile: Profile, question: Question): boolean {
  return (
    mayFail(snapshot, profile) ||
    targetsOf(snapshot, profile).some((target) => answerOf(target, question) !== undefined)
  );
}

/** Whether the answer may be SERVFAIL, which is then the answer for every type: by `whenAllDown` or by a residency rule. */
export function mayFail(snapshot: Snapshot, profile: Profile): boolean {
  const within = isInService(snapshot, profile) ? profilesWithin(snapshot, profile) : [];
  return within.some((at) => at.whenAllDown.action === "servfail" || mayFailByRule(snapshot, at));
}

/** Only a rule that takes something of what is in service has a word. */
function mayFailByRule(snapshot: Snapshot, profile: Profile): boolean {
  const isFailing = ({ rule }: Pick<Fence, "rule">): boolean =>
    snapshot.residency[rule]!.whenNoneCompliant === "servfail";
  return profile.fences.some(isFailing) && orderingOf(snapshot, profile).fences.some(isFailing);
}
