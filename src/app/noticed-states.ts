/** All that notices are about, as it is now: what the desk knows of the generation that is served, and the last load. */
import type { RollUp } from "../control/roll-up.ts";
import { type SubjectState, subjectStates } from "../control/subject-states.ts";
import type { Generation } from "./generation.ts";
import type { LastLoad } from "./loading.ts";

/** In slices. Undefined = it is not known yet: nothing is served, or not all of it was looked at. */
export function noticedStates(
  generation: Generation | undefined,
  rollUp: Pick<RollUp, "isCurrent" | "pinned">,
  load: LastLoad,
): Iterable<readonly SubjectState[]> | undefined {
  if (generation === undefined || !rollUp.isCurrent()) return undefined;
  return withLoad(subjectStates(generation, rollUp), load);
}

function* withLoad(
  states: Iterable<readonly SubjectState[]>,
  { success, at, problems }: LastLoad,
): Generator<readonly SubjectState[]> {
  yield [
    {
      kind: "reload",
      profile: undefined,
      part: undefined,
      state: success ? "taken" : "refused",
      since: at,
      reason: success ? undefined : problems[0]?.message,
      site: undefined,
      labels: {},
    },
  ];
  yield* states;
}
