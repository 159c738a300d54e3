/**
 * A second implementation of docs/steering.md, to hold the engine against: written from that page, slow and plain, and
 * without a line of `src` but the table of countries. Here are sections 3 and 4: health, and the question.
 */
import { listed } from "./addresses.ts";
import { candidatesOf, type Candidate, type Candidates, type Tier } from "./candidates.ts";
import { countingEndpoints, inService, regionRule, type Configuration, type NamedEndpoint } from "./configuration.ts";
import { decidingAddress, type Client } from "./places.ts";

export type Question = "A" | "AAAA" | "HTTPS";

/** What clients get: addresses in the order of their texts, `CNAME host`, `NODATA`, `NXDOMAIN` or `SERVFAIL`. */
export type Answer = string;

export interface Asked {
  readonly configuration: Configuration;
  readonly profile: string;
  readonly client: Client;
  readonly question: Question;
  /** `profile/endpoint` of those that probes have found degraded. */
  readonly down: readonly string[];
}

/** Each answer with its probability. */
export function answersOf(asked: Asked): ReadonlyMap<Answer, number> {
  const { configuration, profile, client } = asked;
  if (!inService(configuration, profile)) return new Map([["NXDOMAIN", 1]]);
  const candidates = candidatesOf(configuration, profile, decidingAddress(configuration, profile, client));
  const answers = new Map<Answer, number>();
  for (const { answer, share } of partsOf(asked, candidates)) answers.set(answer, (answers.get(answer) ?? 0) + share);
  return answers;
}

// Section 3.

/** Eligible, and a profile that decides something else than to serve endpoints that are down. */
export function isUp(asked: Asked, profile: string, { endpoint, nested }: Candidate): boolean {
  if (!isEligible(asked, profile, endpoint)) return false;
  if (nested === undefined) return true;
  const { method, whenAllDown = "serveAll", whenRegionDown } = asked.configuration.profiles[nested.profile]!;
  const hasOwnWord =
    whenAllDown !== "serveAll" ||
    (method === "geographic" && (whenRegionDown === "serve" || whenRegionDown === "nodata"));
  return hasOwnWord || nested.tiers.flat().some((member) => isUp(asked, nested.profile, member));
}

function isEligible(asked: Asked, profile: string, endpoint: NamedEndpoint): boolean {
  const { profile: nested, name, minHealthy = 1, minHealthyIPv4 = 0, minHealthyIPv6 = 0 } = endpoint;
  if (nested === undefined) return !asked.down.includes(`${profile}/${name}`);
  const own = countingEndpoints(asked.configuration, nested);
  return (
    own.filter((one) => isEligible(asked, nested, one)).length >= minHealthy &&
    own.filter((one) => hasUp(asked, nested, one, "IPv4")).length >= minHealthyIPv4 &&
    own.filter((one) => hasUp(asked, nested, one, "IPv6")).length >= minHealthyIPv6
  );
}

/** Whether it is eligible and has something up of the family: an address, a host, or an endpoint of which that is true. */
function hasUp(asked: Asked, profile: string, endpoint: NamedEndpoint, family: "IPv4" | "IPv6"): boolean {
  if (!isEligible(asked, profile, endpoint)) return false;
  const { address, host, profile: nested } = endpoint;
  if (nested !== undefined) {
    return countingEndpoints(asked.configuration, nested).some((one) => hasUp(asked, nested, one, family));
  }
  return host !== undefined || listed(address).some((text) => text.includes(":") === (family === "IPv6"));
}

// Section 4.

/** Of the answers of a profile: what a host gives, what addresses give, what is decided, and what nobody takes. */
export interface Part {
  readonly kind: "host" | "address" | "decided" | "nobody";
  readonly share: number;
  readonly answer: Answer;
}

const NOBODY: Part = { kind: "nobody", share: 1, answer: "NODATA" };

const decided = (answer: Answer): readonly Part[] => [{ kind: "decided", share: 1, answer }];

/** The shares add up to 1. */
function partsOf(asked: Asked, { profile: name, tiers }: Candidates): readonly Part[] {
  const profile = asked.configuration.profiles[name]!;
  const { whenAllDown = "serveAll", families = "tier" } = profile;
  const rule = regionRule(profile);
  const keepsClients = rule === "serve" || rule === "nodata";
  const shared = (from: readonly Tier[]): readonly Part[] => {
    if (!keepsClients) return shareOut(asked, from, families);
    // Nobody stands in for its endpoint, of whatever tier and profile.
    return shareOut(asked, from.slice(0, 1), families).map((part) =>
      part.kind === "nobody" ? { ...part, kind: "decided" } : part,
    );
  };

  // No candidates.
  if (tiers.length === 0) return [NOBODY];
  const upOnly = tiers.map((tier) => tier.filter((member) => isUp(asked, name, member)));
  const chosen = upOnly.findIndex((tier) => tier.length > 0);
  if (chosen >= 0) return shared(upOnly.slice(chosen));
  if (rule === "serve") return shared(tiers);
  if (rule === "nodata" || whenAllDown === "nodata") return decided("NODATA");
  if (whenAllDown === "serveAll") return shared(tiers);
  if (whenAllDown === "servfail") return decided("SERVFAIL");
  return targetParts(whenAllDown.fallback, asked.question);
}

/** The first tier shares the clients; `families` says who takes the share of those that lack the type. */
function shareOut(asked: Asked, tiers: readonly Tier[], families: "tier" | "strict" | "any"): readonly Part[] {
  const [chosen = [], ...later] = tiers.map((tier) => membersOf(asked, tier));
  return chosen.flatMap((member) =>
    member.flatMap((part) => {
      if (part.kind !== "nobody" || families === "strict") return [part];
      const others = chosen.filter((other) => other !== member);
      const stands = [others, ...(families === "any" ? later : [])]
        .map((tier) => tier.flat().filter(({ kind }) => kind === "address"))
        .find((addresses) => addresses.length > 0);
      return stands === undefined ? [part] : scaled(stands, part.share / sum(stands));
    }),
  );
}

/** What each member gives, with its share of the tier's clients. */
function membersOf(asked: Asked, tier: Tier): readonly (readonly Part[])[] {
  const all = tier.reduce((weights, { weight }) => weights + weight, 0);
  return tier.map(({ endpoint: { host, address }, weight, nested }) => {
    const parts = nested === undefined ? targetParts(host ?? address ?? [], asked.question) : partsOf(asked, nested);
    return scaled(parts, weight / all);
  });
}

function scaled(parts: readonly Part[], by: number): readonly Part[] {
  return parts.map((part) => ({ ...part, share: part.share * by }));
}

function sum(parts: readonly Part[]): number {
  return parts.reduce((shares, { share }) => shares + share, 0);
}

/** A host is answered to every type, addresses to their own. */
export function targetParts(target: string | readonly string[], question: Question): readonly Part[] {
  if (typeof target === "string" && !isAddress(target)) return [{ kind: "host", share: 1, answer: `CNAME ${target}` }];
  const own = listed(target).filter((text) => question === (text.includes(":") ? "AAAA" : "A"));
  return [own.length === 0 ? NOBODY : { kind: "address", share: 1, answer: own.toSorted().join(" ") }];
}

function isAddress(text: string): boolean {
  return text.includes(":") || /^[\d.]+$/.test(text);
}
