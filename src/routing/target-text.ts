/** What an endpoint answers with, in a few words for people. */
import { formatIpAddress } from "../shared/ip-address.ts";
import type { Snapshot, Target } from "./snapshot.ts";

/** Addresses that are told; a list may have hundreds. */
const MOST_ADDRESSES = 4;

export function targetText({ profiles }: Pick<Snapshot, "profiles">, target: Target): string {
  if (target.kind === "host") return target.host;
  if (target.kind === "profile") return profiles[target.profile]!.name;
  const addresses = [...target.ipv4, ...target.ipv6];
  const more = addresses.length > MOST_ADDRESSES ? ` and ${addresses.length - MOST_ADDRESSES} more` : "";
  return addresses.slice(0, MOST_ADDRESSES).map(formatIpAddress).join(", ") + more;
}
