/** A residency rule as sentences that somebody reads who does not know the configuration. */
import { clausesOf } from "../../config/residency-findings.ts";
import type { ResidencyRule, Snapshot } from "../../routing/snapshot.ts";
import { formatIpPrefix } from "../../shared/ip-address.ts";

export function ruleWords(rule: ResidencyRule, snapshot: Snapshot): string {
  const { clients, profiles, whenNoneCompliant } = rule;
  const names = profiles.map((id) => snapshot.profiles[id]!.name);
  const answer =
    whenNoneCompliant === "nodata" ? "the answer has no records (NODATA)" : "the answer is a failure (SERVFAIL)";
  return `${clientsText(clients, snapshot)} get from ${listed(names)} only endpoints ${clausesOf(rule, "with ", "without ").join(", ")}. Where no endpoint complies, ${answer}.`;
}

function clientsText(
  { all, regions, networks, unknown, resolverOnly }: ResidencyRule["clients"],
  snapshot: Snapshot,
): string {
  if (all) return "All clients";
  const own = snapshot.networks.filter(({ cidrs }) =>
    cidrs.some((cidr) => networks.some((network) => isSame(cidr, network))),
  );
  const who = [
    ...(regions.length > 0 ? [`in ${listed([...new Set(regions)])}`] : []),
    ...(own.length > 0 ? [`in the network${own.length === 1 ? "" : "s"} ${listed(own.map(({ name }) => name))}`] : []),
    ...(unknown ? ["whose country no database knows"] : []),
    ...(resolverOnly ? ["of whom only the resolver is known"] : []),
  ];
  return `Clients ${who.join(", or ")}`;
}

function isSame(a: Parameters<typeof formatIpPrefix>[0], b: Parameters<typeof formatIpPrefix>[0]): boolean {
  return formatIpPrefix(a) === formatIpPrefix(b);
}

function listed(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)!}`;
}

/** What no answer of a DNS server can promise, for those who read the report. */
export const NOT_PROMISED: readonly string[] = [
  "The rules decide what this server answers. Who knows an address, or has kept an answer from before, can connect to it whatever DNS says; only the endpoint itself can refuse it.",
  "A client is placed by its network, as far as its resolver tells it (EDNS Client Subnet); else by the place of the resolver, which may be in another country.",
  "A subnet that a resolver tells may be wider than the networks of a rule: then its first address decides for all of it, and who is kept in caches with it.",
  "Static records at the name of a profile (HTTPS with address hints, SRV, MX) are told to everybody; no rule covers them.",
  "Databases of places err, and do not know virtual private networks and proxies.",
  "A host name outside the zones of this server is answered elsewhere; its label says what its operator promises.",
  "Labels are what the operator has written. Where the data lie behind an address, no DNS server knows.",
];
