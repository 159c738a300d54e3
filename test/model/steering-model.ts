/**
 * A second implementation of docs/steering.md, to hold the engine against: written from that page, slow and plain, and
 * without a line of `src` but the table of countries. Here are sections 3 and 4: health, and the question.
 */
import { listed } from "./addresses.ts";
import type { Candidate, Candidates, Tier } from "./candidates.ts";
import { countingEndpoints, isProbed, regionRule, type Configuration, type NamedEndpoint } from "./configuration.ts";
import type { Client } from "./places.ts";
import { rulesOf, type NamedRule } from "./residency.ts";

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
  /** What operators have endpoints be, by `profile/endpoint`; a number is the part that a drain has left. */
  readonly ruled: Readonly<Record<string, Ruling>>;
  /** What else is known of endpoints, by `profile/endpoint`. */
  readonly known?: Readonly<Record<string, Known>>;
}

export interface Known {
  /** The part that its load leaves it, 0 = critical. */
  readonly load: number;
  /** The part that it has been given back since it came up. */
  readonly ramp: number;
  /** A bit for each of its addresses that is down by itself, IPv4 first. */
  readonly without: number;
  /** 0 to 15. */
  readonly step: number;
}

export type Ruling = "up" | "down" | "out" | number;

// Section 3.

/** Eligible, and a profile that decides something else than to serve endpoints that are down. */
export function isUp(asked: Asked, profile: string, member: Candidate): boolean {
  const { endpoint, nested } = member;
  if (!isEligible(asked, profile, endpoint) || !mayServe(asked, profile, member)) return false;
  if (nested === undefined || asked.ruled[`${profile}/${endpoint.name}`] === "up") return true;
  return hasOwnWord(asked, nested.profile) || nested.tiers.flat().some((inner) => isUp(asked, nested.profile, inner));
}

/** Not taken out, and a profile that has its own word or something that is not. */
function mayServe(asked: Asked, profile: string, { endpoint, nested }: Candidate): boolean {
  if (asked.ruled[`${profile}/${endpoint.name}`] === "out") return false;
  if (nested === undefined || hasOwnWord(asked, nested.profile)) return true;
  return nested.tiers.flat().some((inner) => mayServe(asked, nested.profile, inner));
}

function hasOwnWord(asked: Asked, name: string): boolean {
  const { whenAllDown = "serveAll" } = asked.configuration.profiles[name]!;
  return whenAllDown !== "serveAll" || keepsClients(asked, name);
}

export function keepsClients(asked: Asked, name: string): boolean {
  const rule = regionRule(asked.configuration.profiles[name]!);
  return rule === "serve" || rule === "nodata";
}

function isEligible(asked: Asked, profile: string, endpoint: NamedEndpoint): boolean {
  const { profile: nested, name, minHealthy = 1, minHealthyIPv4 = 0, minHealthyIPv6 = 0 } = endpoint;
  const ruling = asked.ruled[`${profile}/${name}`];
  if (ruling === "up") return true;
  if (ruling === "down" || ruling === "out") return false;
  if (nested === undefined) return !asked.down.includes(`${profile}/${name}`);
  const own = countingEndpoints(asked.configuration, nested);
  return (
    own.filter((one) => isEligible(asked, nested, one)).length >= minHealthy &&
    own.filter((one) => hasUp(asked, nested, one, "IPv4")).length >= minHealthyIPv4 &&
    own.filter((one) => hasUp(asked, nested, one, "IPv6")).length >= minHealthyIPv6
  );
}

/** The part of its clients that is left to a member that is up. */
type Left = (member: Candidate) => number;

/** As it counts in the profile: load does not in regions, nor where nobody who is up has anything left by it. */
function leftIn(asked: Asked, candidates: Candidates): Left {
  const { profile } = candidates;
  const loaded: Left = (member) => leftTo(asked, profile, member, true);
  const isRegional = asked.configuration.profiles[profile]!.method === "geographic";
  const counts = !isRegional && upTiers(asked, candidates).some((tier) => mostLeft(tier, loaded) > 0);
  return counts ? loaded : (member) => leftTo(asked, profile, member, false);
}

function leftTo(asked: Asked, profile: string, { endpoint, nested }: Candidate, withLoad: boolean): number {
  const path = `${profile}/${endpoint.name}`;
  const ruling = asked.ruled[path];
  const { load = 1, ramp = 1 } = asked.known?.[path] ?? {};
  const share = (typeof ruling === "number" ? ruling : 1) * (ruling === "up" ? 1 : ramp);
  const own = (Math.max(1, Math.round(share * 64)) / 64) * (withLoad ? load : 1);
  return nested === undefined ? own : own * takes(asked, nested, withLoad);
}

/** What a nested profile takes of its clients. */
function takes(asked: Asked, nested: Candidates, withLoad: boolean): number {
  const isRegional = asked.configuration.profiles[nested.profile]!.method === "geographic";
  const tiers = upTiers(asked, nested);
  if (keepsClients(asked, nested.profile) || tiers.length === 0) return 1;
  const left: Left = (member) => leftTo(asked, nested.profile, member, withLoad && !isRegional);
  return 1 - tiers.reduce((product, tier) => product * (1 - mostLeft(tier, left)), 1);
}

function mostLeft(tier: Tier, left: Left): number {
  return tier.reduce((most, member) => Math.max(most, left(member)), 0);
}

/** Those to whom something is left. */
function takingTiers(tiers: readonly Tier[], left: Left): readonly Tier[] {
  return tiers.map((tier) => tier.filter((member) => left(member) > 0)).filter((tier) => tier.length > 0);
}

/** Of each tier those that are up, without the tiers where nobody is. */
function upTiers(asked: Asked, { profile, tiers }: Candidates): readonly Tier[] {
  return tiers.map((tier) => tier.filter((member) => isUp(asked, profile, member))).filter((tier) => tier.length > 0);
}

/** Whether it is eligible and has something up of the family: an address, a host, or an endpoint of which that is true. */
function hasUp(asked: Asked, profile: string, endpoint: NamedEndpoint, family: "IPv4" | "IPv6"): boolean {
  if (!isEligible(asked, profile, endpoint)) return false;
  const { host, profile: nested } = endpoint;
  if (nested !== undefined) {
    return countingEndpoints(asked.configuration, nested).some((one) => hasUp(asked, nested, one, family));
  }
  if (host !== undefined) return true;
  const own = servedAddresses(asked, profile, endpoint);
  return own.some((text) => text.includes(":") === (family === "IPv6"));
}

// Section 4.

/** Without those that are down by themselves, while it is served because it is up and another of them is. */
function servedAddresses(asked: Asked, profile: string, endpoint: NamedEndpoint): readonly string[] {
  const all = listed(endpoint.address);
  const path = `${profile}/${endpoint.name}`;
  const { without = 0 } = asked.known?.[path] ?? {};
  if (!isProbed(asked.configuration, profile, endpoint)) return all;
  if (asked.ruled[path] === "up" || !isEligible(asked, profile, endpoint)) return all;
  const isIpv6 = (text: string): boolean => text.includes(":");
  const ordered = [...all.filter((text) => !isIpv6(text)), ...all.filter(isIpv6)];
  const up = ordered.filter((_, i) => Math.floor(without / 2 ** i) % 2 === 0);
  return up.length === 0 ? all : all.filter((text) => up.includes(text));
}

/** Of the answers of a profile: what a host gives, what addresses give, what is decided, and what nobody takes. */
export interface Part {
  readonly kind: "host" | "address" | "decided" | "nobody";
  readonly share: number;
  readonly answer: Answer;
  /** Whose it is; undefined: the profile's own. */
  readonly by?: Candidate;
}

const NOBODY: Part = { kind: "nobody", share: 1, answer: "NODATA" };

const decided = (answer: Answer): readonly Part[] => [{ kind: "decided", share: 1, answer }];

/** The shares add up to 1. */
export function partsOf(asked: Asked, candidates: Candidates): readonly Part[] {
  const { profile: name, tiers, removedBy, fallbackRule } = candidates;
  const { whenAllDown = "serveAll" } = asked.configuration.profiles[name]!;
  const rule = regionRule(asked.configuration.profiles[name]!);

  // No candidates.
  if (tiers.length === 0) {
    const first = rulesOf(asked.configuration).find((known) => removedBy.includes(known.name));
    return first === undefined ? [NOBODY] : wordOf(first);
  }
  const up = upTiers(asked, candidates);
  if (up.length > 0) return walked(asked, name, up, leftIn(asked, candidates));
  if (rule === "nodata") return decided("NODATA");
  if (rule !== "serve" && whenAllDown !== "serveAll") {
    if (whenAllDown === "nodata") return decided("NODATA");
    if (fallbackRule !== undefined) return wordOf(fallbackRule);
    return whenAllDown === "servfail" ? decided("SERVFAIL") : targetParts(whenAllDown.fallback, asked.question);
  }
  const served = tiers
    .map((tier) => tier.filter((member) => mayServe(asked, name, member)))
    .filter((tier) => tier.length > 0);
  if (served.length === 0) return decided("NODATA");
  return shareOut(asked, name, wholeTier(asked, name, served[0]!), served.slice(1));
}

/** What a rule says where nothing complies. */
function wordOf({ whenNoneCompliant = "nodata" }: NamedRule): readonly Part[] {
  return decided(whenNoneCompliant === "nodata" ? "NODATA" : "SERVFAIL");
}

/** A tier that has clients: the part of them that those before it have left, and those behind it that may stand in. */
interface Reached {
  readonly tier: Tier;
  readonly open: number;
  readonly later: readonly Tier[];
}

/** Tier by tier, as long as there are clients whom drained members have left. */
function reachedOf(tiers: readonly Tier[], left: Left): readonly Reached[] {
  const reached: Reached[] = [];
  let open = 1;
  for (let i = 0; open > 0 && i < tiers.length; i++) {
    const tier = tiers[i]!;
    const most = mostLeft(tier, left);
    if (most > 0) reached.push({ tier, open, later: takingTiers(tiers.slice(i + 1), left) });
    open *= 1 - most;
  }
  return reached;
}

function walked(asked: Asked, profile: string, tiers: readonly Tier[], left: Left): readonly Part[] {
  const reached = reachedOf(tiers, left);
  return withTrickles(asked, profile, chosenParts(asked, profile, reached, left), tricklesOf(reached, left));
}

function chosenParts(asked: Asked, profile: string, reached: readonly Reached[], left: Left): readonly Part[] {
  const parts = reached
    .flatMap(({ tier, open, later }) =>
      scaled(shareOut(asked, profile, drainedTier(asked, profile, tier, left), later), open),
    )
    .filter(({ share }) => share > 0);
  return scaled(parts, 1 / sum(parts));
}

/** Some of the tiers behind get a part of the clients too. */
function tricklesOf(reached: readonly Reached[], left: Left): readonly Shared[] {
  return reached
    .at(-1)!
    .later.flat()
    .map((member) => {
      const trickle = Number.parseFloat(member.endpoint.trickle ?? "0%") / 100;
      return { member, share: trickle * left(member) };
    })
    .filter(({ share }) => share > 0);
}

/** What those lack that trickle goes to the addresses of the chosen. */
function withTrickles(
  asked: Asked,
  profile: string,
  chosen: readonly Part[],
  trickles: readonly Shared[],
): readonly Part[] {
  const { families } = asked.configuration.profiles[profile]!;
  const addresses = families === "strict" ? [] : chosen.filter(({ kind }) => kind === "address");
  const given = membersOf(asked, profile, trickles)
    .flat()
    .flatMap((part) =>
      part.kind === "nobody" && addresses.length > 0 ? scaled(addresses, part.share / sum(addresses)) : [part],
    );
  return [...scaled(chosen, 1 - sumOf(trickles)), ...given];
}

/** What members of a tier give that do not take all: to the part of the clients that is left to the fullest. */
function drainedTier(asked: Asked, profile: string, tier: Tier, left: Left): readonly (readonly Part[])[] {
  if (!isTogether(asked, profile)) return membersOf(asked, profile, drainedShares(tier, left));
  const steps = [...new Set(tier.map(left))].filter((step) => step > 0).toSorted((a, b) => a - b);
  return steps.map((step, i) =>
    scaled(
      together(
        asked,
        profile,
        tier.filter((member) => left(member) >= step),
      ),
      step - (steps[i - 1] ?? 0),
    ),
  );
}

/** Each client is one member's own, who keeps it, or gives it to a member with the most left, or to the next tier. */
function drainedShares(tier: Tier, left: Left): readonly Shared[] {
  const most = mostLeft(tier, left);
  const fullest = byWeight(tier.filter((member) => left(member) === most));
  const shares = byWeight(tier).map(({ member, share }) => ({ member, share: share * left(member) }));
  const given = most - sumOf(shares);
  const gets = (member: Candidate): number => fullest.find((one) => one.member === member)?.share ?? 0;
  return shares
    .map(({ member, share }) => ({ member, share: share + given * gets(member) }))
    .filter(({ share }) => share > 0);
}

/** A member that has clients by section 3, and what its profile puts in the place of what it lacks. */
export interface Chosen extends Shared {
  /** The first of these in which there are any; none of a profile that is strict. */
  readonly standIns: readonly (readonly Part[])[];
}

interface ChosenMembers {
  /** Of the tiers that health has chosen. */
  readonly members: readonly Chosen[];
  readonly trickles: readonly Chosen[];
}

/** Those that have clients by section 3; undefined = the profile has its own word, or no candidates. */
export function chosenOf(asked: Asked, candidates: Candidates): ChosenMembers | undefined {
  const { profile: name, tiers } = candidates;
  const { whenAllDown = "serveAll", families = "tier" } = asked.configuration.profiles[name]!;
  const rule = regionRule(asked.configuration.profiles[name]!);
  const addressesIn = (shared: readonly Shared[]): readonly Part[] =>
    membersOf(asked, name, shared)
      .flat()
      .filter(({ kind }) => kind === "address");
  const ofTier = (members: readonly Shared[], later: readonly Tier[], part: number): readonly Chosen[] =>
    members.map(({ member, share }) => {
      const others = members.filter((one) => one.member !== member);
      const behind = families === "any" && !keepsClients(asked, name) ? later.map(byWeight) : [];
      const standIns = families === "strict" ? [] : [others, ...behind].map(addressesIn);
      return { member, share: share * part, standIns };
    });

  const up = upTiers(asked, candidates);
  if (up.length > 0) {
    const left = leftIn(asked, candidates);
    const reached = reachedOf(up, left);
    const taken = reached.reduce((sum, { tier, open }) => sum + open * mostLeft(tier, left), 0);
    const chosen = chosenParts(asked, name, reached, left).filter(({ kind }) => kind === "address");
    return {
      members: reached.flatMap(({ tier, open, later }) => ofTier(drainedShares(tier, left), later, open / taken)),
      trickles: tricklesOf(reached, left).map((shared) => {
        return { ...shared, standIns: families === "strict" ? [] : [chosen] };
      }),
    };
  }
  if (rule === "nodata" || (rule !== "serve" && whenAllDown !== "serveAll")) return undefined;
  const [served, ...later] = tiers
    .map((tier) => tier.filter((member) => mayServe(asked, name, member)))
    .filter((tier) => tier.length > 0);
  return served && { members: ofTier(byWeight(served), later, 1), trickles: [] };
}

/** What they give whatever is left to them. */
function wholeTier(asked: Asked, profile: string, tier: Tier): readonly (readonly Part[])[] {
  return isTogether(asked, profile) ? [together(asked, profile, tier)] : membersOf(asked, profile, byWeight(tier));
}

function isTogether({ configuration: { profiles } }: Asked, profile: string): boolean {
  return profiles[profile]!.method === "multivalue";
}

/** Up to `maxAnswers` of those with the type: each of them and those that follow it, around, is as likely. */
function together(asked: Asked, profile: string, tier: Tier): readonly Part[] {
  const { configuration, question } = asked;
  const { maxAnswers = 2 } = configuration.profiles[profile]!;
  const having = tier
    .map(({ endpoint }) => targetParts(servedAddresses(asked, profile, endpoint), question)[0]!)
    .filter(({ kind }) => kind === "address")
    .map(({ answer }) => answer.split(" "));
  if (having.length === 0) return [NOBODY];
  const around = [...having, ...having];
  return having.map((_, first): Part => {
    const some = around.slice(first, first + Math.min(maxAnswers, having.length));
    const answer = [...new Set(some.flat())].toSorted().join(" ");
    return { kind: "address", share: 1 / having.length, answer };
  });
}

export interface Shared {
  readonly member: Candidate;
  readonly share: number;
}

function byWeight(tier: Tier): readonly Shared[] {
  const all = tier.reduce((weights, { weight }) => weights + weight, 0);
  return tier.map((member) => ({ member, share: member.weight / all }));
}

function sumOf(members: readonly Shared[]): number {
  return members.reduce((shares, { share }) => shares + share, 0);
}

/** The parts of a tier, of each member its own, after `families` has said who takes the share of those that lack the type. */
function shareOut(
  asked: Asked,
  profile: string,
  chosen: readonly (readonly Part[])[],
  laterTiers: readonly Tier[],
): readonly Part[] {
  const { families = "tier" } = asked.configuration.profiles[profile]!;
  const keeps = keepsClients(asked, profile);
  const later = families === "any" && !keeps ? laterTiers.map((tier) => wholeTier(asked, profile, tier)) : [];
  return (
    chosen
      .flatMap((member) =>
        member.flatMap((part) => {
          if (part.kind !== "nobody" || (families === "strict" && !isTogether(asked, profile))) return [part];
          const others = chosen.filter((other) => other !== member);
          const stands = [others, ...later]
            .map((tier) => tier.flat().filter(({ kind }) => kind === "address"))
            .find((addresses) => addresses.length > 0);
          return stands === undefined ? [part] : scaled(stands, part.share / sum(stands));
        }),
      )
      // Nobody stands in for the endpoint of such a profile, of whatever tier and profile.
      .map((part) => (keeps && part.kind === "nobody" ? { ...part, kind: "decided" } : part))
  );
}

/** What each member gives for its share of the clients. */
export function membersOf(asked: Asked, profile: string, members: readonly Shared[]): readonly (readonly Part[])[] {
  return members.map(({ member, share }) => {
    const { endpoint, nested } = member;
    const own = endpoint.host ?? servedAddresses(asked, profile, endpoint);
    const parts = nested === undefined ? targetParts(own, asked.question) : partsOf(asked, nested);
    return scaled(parts, share).map((part) => ({ ...part, by: member }));
  });
}

export function scaled(parts: readonly Part[], by: number): readonly Part[] {
  return parts.map((part) => ({ ...part, share: part.share * by }));
}

export function sum(parts: readonly Part[]): number {
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

// Section 5: how near a change is.

/** The greatest step of all candidates that could change what is chosen. */
export function stepOf(asked: Asked, candidates: Candidates): number {
  const { profile, tiers } = candidates;
  const up = upTiers(asked, candidates);
  const deciding = up.length === 0 ? tiers.flat() : decidingOf(asked, candidates, up);
  return deciding.reduce((most, { endpoint, nested }) => {
    const path = `${profile}/${endpoint.name}`;
    const counts = isProbed(asked.configuration, profile, endpoint) && typeof asked.ruled[path] !== "string";
    const own = counts ? (asked.known?.[path]?.step ?? 0) : 0;
    return Math.max(most, own, nested === undefined ? 0 : stepOf(asked, nested));
  }, 0);
}

function decidingOf(asked: Asked, candidates: Candidates, up: readonly Tier[]): readonly Candidate[] {
  const left = leftIn(asked, candidates);
  const reached = reachedOf(up, left);
  const last = candidates.tiers.findIndex((tier) => tier.includes(reached.at(-1)!.tier[0]!));
  return [...candidates.tiers.slice(0, last + 1).flat(), ...tricklesOf(reached, left).map(({ member }) => member)];
}
