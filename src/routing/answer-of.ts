/** What a target answers to a question. */
import { isAddressDown } from "./addresses-down.ts";
import type { Answer, Question } from "./fork.ts";
import type { AddressTarget, HostTarget } from "./snapshot.ts";

export type TargetAnswer = Extract<Answer, { readonly kind: "addresses" | "alias" }>;

/** Undefined = the target has nothing of the asked type. `addressesDown`: as in `EndpointState`. */
export function answerOf(
  target: AddressTarget | HostTarget,
  question: Question,
  addressesDown = 0,
): TargetAnswer | undefined {
  if (target.kind === "host") return { kind: "alias", host: target.host };
  if (question === "CNAME") return undefined;
  const { ipv4, ipv6 } = target;
  const all = question === "A" ? ipv4 : ipv6;
  const first = question === "A" ? 0 : ipv4.length;
  const addresses = addressesDown === 0 ? all : all.filter((_, i) => !isAddressDown(addressesDown, first + i));
  return addresses.length === 0 ? undefined : { kind: "addresses", addresses };
}
