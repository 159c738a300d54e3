/**
 * From candidates to a plan: which endpoints may answer a question now, each with its probability. Health comes in
 * (`choices.ts`), then the question (`plan-parts.ts`); chance does not: `draw.ts` draws from the plan. A plan holds until
 * candidates or health change, so it can be kept.
 *
 * `docs/steering.md` sections 3 and 4 are the rules. A profile is walked tier by tier while there is share to give, and
 * once, however many it is nested in: a plan is a tree of forks whose equal branches are one object. Its size grows with
 * the endpoints, never with the ways through them.
 */
import type { Candidates } from "./candidates.ts";
import { isInService } from "./in-service.ts";
import type { Answer, Fork, Question, Reason } from "./fork.ts";
import { createParts } from "./plan-parts.ts";
import { forkOf, ofProfile } from "./shares.ts";
import type { Profile, Snapshot } from "./snapshot.ts";
import type { Statuses } from "./statuses.ts";

export function planFor(snapshot: Snapshot, candidates: Candidates, question: Question, statuses: Statuses): Fork {
  const { profile } = candidates;
  if (!isInService(snapshot, profile)) return ofItself(profile, { kind: "nxdomain" }, "out-of-service");
  if (candidates.tiers.length === 0) return withoutCandidates(snapshot, candidates);
  return createParts(question, statuses)(candidates);
}

/** Nobody is for this client: by configuration, or since residency rules have removed them. The first rule's word counts. */
function withoutCandidates({ residency }: Snapshot, { profile, removedBy: [first] }: Candidates): Fork {
  if (first === undefined) return ofItself(profile, { kind: "nodata" }, "no-match");
  return ofItself(profile, { kind: residency[first]!.whenNoneCompliant }, "fenced");
}

function ofItself(profile: Profile, answer: Answer, reason: Reason): Fork {
  return forkOf(profile, ofProfile(1, answer, reason));
}
