/**
 * A decision with its whole reasoning as plain data: the place of the client, every candidate with the reason of its
 * position and its status, the outcomes with their probabilities, and the ECS scope. Calls the same engine as the server.
 */
import { formatIpAddress, formatIpPrefix, networkOf, type IpAddress } from "../shared/ip-address.ts";
import type { RegionCode } from "../shared/regions/region.ts";
import { regionChain } from "../shared/regions/region-chain.ts";
import { wordsOf } from "../shared/address-words.ts";
import { isAddressDown } from "./addresses-down.ts";
import { answerOf } from "./answer-of.ts";
import { candidatesFor, type Candidate, type Candidates } from "./candidates.ts";
import { effectiveTtl, nearestChange } from "./effective-ttl.ts";
import { keptPlan } from "./fork-lots.ts";
import type { Forced, HealthView, Status } from "./health-view.ts";
import type { Basis } from "./methods/method.ts";
import type { Client } from "./order.ts";
import { outcomesOf } from "./outcomes.ts";
import { type Answer, type Question, type Reason } from "./fork.ts";
import { planFor } from "./plan.ts";
import { fallbackLabels, violationsOf, type Violation } from "./residency/compliance.ts";
import type { Endpoint, Location, Profile, Snapshot } from "./snapshot.ts";
import { createStatuses, type Statuses } from "./statuses.ts";
import { mayAnswer } from "./targets.ts";

export interface Explanation {
  readonly profile: string;
  readonly method: string;
  readonly status: Status;
  readonly question: Question;
  readonly client: ExplainedClient;
  readonly candidates: ExplainedCandidates;
  /** The profiles on the way that choose by the client's network in place of chance, and that network. */
  readonly sticky: readonly { readonly profile: string; readonly network: string }[];
  readonly outcomes: readonly ExplainedOutcome[];
  /** Seconds. */
  readonly ttl: number;
  /** Why it is that: of a profile whose TTL falls as a change comes near. */
  readonly ttlRange: ExplainedTtl | undefined;
  /** Seconds that NODATA is kept, where the zone does not say less. */
  readonly negativeTtl: number;
  /** The widest network with the same candidates; what a resolver may cache the answer for. */
  readonly scope: string;
}

export interface ExplainedTtl {
  /** Seconds. */
  readonly max: number;
  readonly min: number;
  /** 0 to 15: how near a change is. */
  readonly step: number;
  /** `profile/endpoint` of the one that is as near; undefined: all is stable. */
  readonly endpoint: string | undefined;
}

export interface ExplainedClient extends Location {
  readonly address: string;
  /** Whose place and networks count: a private client subnet, or one that is not used, leaves it to the resolver. */
  readonly placedBy: "client" | "resolver";
  /** The codes that hold the client, the most specific first; whether endpoints have them or not. */
  readonly regions: readonly RegionCode[];
}

export interface ExplainedCandidates {
  readonly profile: string;
  readonly method: string;
  /** Best first; the members of a tier share its clients. */
  readonly tiers: readonly (readonly ExplainedCandidate[])[];
  /** Endpoints that residency rules have removed; of several rules, once for each. */
  readonly removed: readonly ExplainedRemoval[];
  /** The rule that the fallback does not comply with, so that this client never gets it. */
  readonly fallbackRemoved: Omit<ExplainedRemoval, "endpoint"> | undefined;
  /** Out of service by configuration, or not for this client; `nested`: what rules have removed from all that it leads to. */
  readonly others: readonly {
    readonly endpoint: string;
    readonly why: string;
    readonly nested: ExplainedCandidates | undefined;
  }[];
}

export interface ExplainedRemoval {
  readonly endpoint: string;
  /** The name of the residency rule. */
  readonly rule: string;
  /** At least one: the labels that do not comply. */
  readonly violations: readonly Violation[];
}

export interface ExplainedCandidate {
  readonly endpoint: string;
  readonly basis: Basis;
  /** Whether it is behind all that are not on standby. */
  readonly standby: boolean;
  /** 0 to 0.5: the part of the clients that it gets while its tier is not reached. */
  readonly trickle: number;
  readonly status: Status;
  /** What an operator has it be. */
  readonly forced: Forced | undefined;
  /** Above 0, below 1: what a drain, or its return, has left of its clients; undefined: all of them. */
  readonly left: number | undefined;
  /** 0 to less than 1: the same by its load; 0 = critical. */
  readonly load: number | undefined;
  /** Addresses that are down by themselves and leave its answers. */
  readonly addressesDown: readonly string[];
  readonly eligible: boolean;
  /** Whether it, or anything beneath it, has an answer of the asked type. */
  readonly answers: boolean;
  readonly nested: ExplainedCandidates | undefined;
}

export interface ExplainedOutcome {
  readonly probability: number;
  /** `profile/endpoint`, from the asked profile to the one that answers. */
  readonly path: readonly string[];
  /** Those that answer together with the last of the path; none but of a multivalue profile. */
  readonly beside: readonly string[];
  readonly reason: Reason;
  readonly answer: { readonly kind: Answer["kind"]; readonly data: readonly string[] };
}

export interface ExplainQuestion {
  readonly snapshot: Snapshot;
  readonly profile: Profile;
  readonly question: Question;
  readonly address: IpAddress;
  /** The address that decides, of the client or of the resolver; IPv4 inside IPv6 as that. */
  readonly deciding: IpAddress;
  /** What is known of whoever decides the place. */
  readonly client: Client;
  /** Bits of the client's address that the answer holds for. */
  readonly scope: number;
  /** Whether other clients may get records where this one gets none. */
  readonly dependsOnClient: boolean;
  readonly health: HealthView;
}

export function explain(asked: ExplainQuestion): Explanation {
  const { snapshot, profile, question, address, deciding, client, scope, health } = asked;
  const statuses = createStatuses(snapshot, health);
  const candidates = candidatesFor(snapshot, profile, client);
  const plan = planFor(snapshot, candidates, question, statuses);
  const outcomes = outcomesOf(keptPlan(plan, { family: deciding.family, words: wordsOf(deciding) }));
  const ttl = effectiveTtl(snapshot, candidates, statuses);
  return {
    profile: profile.name,
    method: profile.method,
    status: statuses.ofProfile(profile),
    question,
    client: {
      address: formatIpAddress(address),
      placedBy: client.placedBy,
      ...client.location,
      regions: regionChain(client.location, snapshot.groupings),
    },
    candidates: explainCandidates(candidates, question, statuses),
    sticky: stickyAmong(candidates, deciding),
    outcomes: outcomes.map(({ probability, path, beside, reason, answer }) => ({
      probability,
      path: path.map((endpoint) => pathOf(snapshot, endpoint)),
      beside: beside.map((endpoint) => pathOf(snapshot, endpoint)),
      reason,
      answer: { kind: answer.kind, data: answerData(answer) },
    })),
    ttl,
    ttlRange: explainTtl(snapshot, candidates, statuses),
    negativeTtl: negativeTtl(asked, ttl),
    scope: formatIpPrefix(networkOf(address, scope)),
  };
}

/** What nobody ever gets is kept for as long as may be, what this client does not get now for no longer than records. */
function negativeTtl({ snapshot, profile, question, dependsOnClient }: ExplainQuestion, ttl: number): number {
  if (!mayAnswer(snapshot, profile, question)) return profile.ttl;
  return dependsOnClient ? Math.min(profile.negativeTtl, ttl) : ttl;
}

function explainTtl(snapshot: Snapshot, candidates: Candidates, statuses: Statuses): ExplainedTtl | undefined {
  const { ttl: max, minTtl: min } = candidates.profile;
  if (max === min) return undefined;
  const { step, endpoint } = nearestChange(snapshot, candidates, statuses);
  return { max, min, step, endpoint: endpoint && pathOf(snapshot, endpoint) };
}

/** Profiles that are nested several times are explained where they stand first. */
function explainCandidates(candidates: Candidates, question: Question, statuses: Statuses): ExplainedCandidates {
  const told = new Set<Candidates>();
  const explainAll = ({ profile, tiers, removed, empty, fallbackRule }: Candidates): ExplainedCandidates => {
    const told = new Set([...tiers.flat(), ...removed].map(({ endpoint }) => endpoint));
    const fencedIn = new Map(
      empty.flatMap(({ endpoint, nested }) => (nested.removedBy.length > 0 ? [[endpoint, nested] as const] : [])),
    );
    return {
      profile: profile.name,
      method: profile.method,
      tiers: tiers.map((tier) => tier.map(explainOne)),
      removed: removed.map(({ endpoint, rule }) => {
        return { endpoint: endpoint.name, rule: rule.name, violations: violationsOf(endpoint.labels, rule) };
      }),
      fallbackRemoved: fallbackRule && {
        rule: fallbackRule.name,
        violations: violationsOf(fallbackLabels(profile), fallbackRule),
      },
      others: profile.endpoints
        .filter((endpoint) => !told.has(endpoint))
        .map((endpoint) => {
          const nested = fencedIn.get(endpoint);
          const why = nested === undefined ? whyNot(statuses.of(endpoint)) : "rules leave it nothing for this client";
          return { endpoint: endpoint.name, why, nested: nested && explainOnce(nested) };
        }),
    };
  };
  const explainOnce = (nested: Candidates): ExplainedCandidates | undefined => {
    if (told.has(nested)) return undefined;
    told.add(nested);
    return explainAll(nested);
  };
  const explainOne = (candidate: Candidate): ExplainedCandidate => {
    const { endpoint, basis, nested } = candidate;
    return {
      endpoint: endpoint.name,
      basis,
      standby: endpoint.placement.standby,
      trickle: endpoint.trickle,
      status: statuses.of(endpoint),
      forced: statuses.forcedOf(endpoint),
      left: lessThanAll(statuses.shareOf(endpoint)),
      load: lessThanAll(statuses.loadOf(endpoint)),
      addressesDown: addressesDownIn(endpoint, statuses),
      eligible: statuses.isEligible(endpoint),
      answers: canAnswer(candidate, question, statuses),
      nested: nested && explainOnce(nested),
    };
  };
  return explainAll(candidates);
}

function stickyAmong(candidates: Candidates, deciding: IpAddress): Explanation["sticky"] {
  const all = new Set([candidates]);
  for (const { tiers } of all) for (const { nested } of tiers.flat()) if (nested !== undefined) all.add(nested);
  return [...all].flatMap(({ profile: { name, sticky } }) => {
    if (sticky === undefined) return [];
    const length = deciding.family === 4 ? sticky.ipv4 : sticky.ipv6;
    return [{ profile: name, network: formatIpPrefix(networkOf(deciding, length)) }];
  });
}

function whyNot(status: Status): string {
  return status === "disabled" || status === "stopped" || status === "inactive" ? status : "not for this client";
}

/** Whether the candidate, or anything beneath it, has what the question asks for. */
function canAnswer(candidate: Candidate, question: Question, statuses: Statuses): boolean {
  const within = new Set([candidate]);
  for (const { endpoint, nested } of within) {
    if (endpoint.target.kind === "profile") for (const inner of nested!.tiers.flat()) within.add(inner);
    else if (answerOf(endpoint.target, question, statuses.addressesDownOf(endpoint)) !== undefined) return true;
  }
  return false;
}

function lessThanAll(part: number): number | undefined {
  return part < 1 ? part : undefined;
}

function addressesDownIn(endpoint: Endpoint, statuses: Statuses): readonly string[] {
  const { target } = endpoint;
  const down = statuses.addressesDownOf(endpoint);
  if (down === 0 || target.kind !== "address") return [];
  return [...target.ipv4, ...target.ipv6].filter((_, i) => isAddressDown(down, i)).map(formatIpAddress);
}

function pathOf(snapshot: Snapshot, { profile, name }: Endpoint): string {
  return `${snapshot.profiles[profile]!.name}/${name}`;
}

function answerData(answer: Answer): readonly string[] {
  if (answer.kind === "addresses") return answer.addresses.map(formatIpAddress);
  return answer.kind === "alias" ? [answer.host] : [];
}
