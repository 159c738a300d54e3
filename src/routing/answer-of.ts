/** What a target answers to a question. */
import type { Answer, Question } from "./fork.ts";
import type { AddressTarget, HostTarget } from "./snapshot.ts";

type TargetAnswer = Extract<Answer, { readonly kind: "addresses" | "alias" }>;

/** Undefined = the target has nothing of the asked type. */
export function answerOf(target: AddressTarget | HostTarget, question: Question): TargetAnswer | undefined {
  if (target.kind === "host") return { kind: "alias", host: target.host };
  if (question === "CNAME") return undefined;
  const addresses = question === "A" ? target.ipv4 : target.ipv6;
  return addresses.length === 0 ? undefined : { kind: "addresses", addresses };
}
