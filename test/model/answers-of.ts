/** What the reference model answers to a question. */
import { candidatesOf } from "./candidates.ts";
import { inService } from "./configuration.ts";
import { decidingAddress } from "./places.ts";
import { partsForClient } from "./sticky.ts";
import type { Answer, Asked } from "./steering-model.ts";

/** Each answer with its probability. */
export function answersOf(asked: Asked): ReadonlyMap<Answer, number> {
  const { configuration, profile, client } = asked;
  if (!inService(configuration, profile)) return new Map([["NXDOMAIN", 1]]);
  const candidates = candidatesOf(configuration, profile, decidingAddress(configuration, profile, client));
  const answers = new Map<Answer, number>();
  for (const { answer, share } of partsForClient(asked, candidates)) {
    answers.set(answer, (answers.get(answer) ?? 0) + share);
  }
  return answers;
}
