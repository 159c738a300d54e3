/** What the reference model answers to a question. */
import { candidatesOf, type Candidates } from "./candidates.ts";
import { inService, type Configuration } from "./configuration.ts";
import { decidingAddress, isByResolver, type Client } from "./places.ts";
import { partsForClient } from "./sticky.ts";
import type { Answer, Asked } from "./steering-model.ts";

/** Each answer with its probability. */
export function answersOf(asked: Asked): ReadonlyMap<Answer, number> {
  const { configuration, profile, client } = asked;
  if (!inService(configuration, profile)) return new Map([["NXDOMAIN", 1]]);
  const answers = new Map<Answer, number>();
  for (const { answer, share } of partsForClient(asked, candidatesFor(configuration, profile, client))) {
    answers.set(answer, (answers.get(answer) ?? 0) + share);
  }
  return answers;
}

/** Those of who asks: by its subnet or by its resolver. */
export function candidatesFor(configuration: Configuration, profile: string, client: Client): Candidates {
  const address = decidingAddress(configuration, profile, client);
  return candidatesOf(configuration, profile, address, isByResolver(configuration, profile, client));
}
