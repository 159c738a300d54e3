/**
 * A profile's answer to a client: where the client is, the class of its candidates and the scope, then one of the
 * compiled outcomes. Geographies and answers are made when a profile is first asked: most of many thousands may never be.
 */
import { findSpot, newSpot, scopeAt, type Spot } from "../../geo/find-leaf.ts";
import { ipv4Inside } from "../../geo/ipv4-inside.ts";
import type { StateTableView } from "../../state/state-table.ts";
import {
  CLASS,
  createGeography,
  createGeographyCaches,
  geographyKey,
  RESOLVERS,
  type Geography,
} from "../../routing/geography.ts";
import type { LeafTable } from "../../routing/leaf-table.ts";
import { REASONS, type Reason } from "../../routing/fork.ts";
import { newKeeper } from "../../routing/rendezvous.ts";
import { profilesBehind } from "../../routing/profiles-behind.ts";
import { firstFilters } from "../../routing/residency/filters.ts";
import type { Profile, Snapshot } from "../../routing/snapshot.ts";
import { prefixMask } from "../../shared/address-words.ts";
import type { Random } from "../../shared/ports.ts";
import type { Counters } from "../../telemetry/counters.ts";
import { EDE, RCODE, TYPE } from "../../wire/constants.ts";
import { addAlias, type Response } from "../../wire/encode-response.ts";
import type { Query } from "../../wire/query.ts";
import type { Peer } from "./peer.ts";
import type { ClosestNode, Names } from "../names/names.ts";
import { createProfileAnswers, nextRotation, type ProfileAnswers } from "./profile-answers.ts";
import type { Service } from "./service.ts";

/** Fills the response with what the profile of the node says; where that is an alias to a name of ours, returns it. */
export type AnswerProfile = (node: number, query: Query, peer: Peer, response: Response) => ClosestNode | undefined;

export interface AnswerProfileParts {
  readonly snapshot: Snapshot;
  readonly table: LeafTable;
  readonly names: Names;
  readonly health: StateTableView;
  readonly counters: Counters;
  readonly random: Random;
  readonly longestSubnet: Service["longestSubnet"];
}

export function createAnswerProfile(parts: AnswerProfileParts): AnswerProfile {
  const { snapshot, table, names, health, counters, random, longestSubnet } = parts;
  const caches = createGeographyCaches(table, snapshot.profiles.length);
  const { budget } = caches;
  const firstFilter = firstFilters(snapshot.profiles);
  const geographies = new Map<string, Geography>();
  const profiles: (ProfileAnswers | undefined)[] = [];
  /** By profile id, the profiles that its answers may lead on to. */
  const behind: (readonly number[] | undefined)[] = [];
  const address = new Uint32Array(4);
  /** The address at `spot`. */
  let words: Uint32Array = address;
  const spot = newSpot();
  const resolver = newSpot();
  /** Whose address sticky profiles look at. */
  const keeper = newKeeper();

  const answersOf = (id: number): ProfileAnswers => (profiles[id] ??= createAnswers(snapshot.profiles[id]!));

  const createAnswers = (profile: Profile): ProfileAnswers => {
    const key = geographyKey(snapshot, profile);
    let geography = geographies.get(key);
    if (geography === undefined) {
      geography = createGeography(snapshot, profile, table, caches);
      geographies.set(key, geography);
    }
    return createProfileAnswers({ snapshot, names, health, random, keeper, budget }, profile, geography);
  };

  const keep = (of: Uint32Array, { family, offset }: Spot): void => {
    keeper.family = family;
    for (let word = 0; word < 4; word++) keeper.words[word] = of[word]!;
    if (offset > 0) keeper.words[0] = ipv4Inside(of);
  };

  /** Finds the client. Returns the bits of its subnet that a scope may have, 0 = the resolver's address was looked up. */
  const locate = (bySubnet: boolean, query: Query, peer: Peer): number => {
    const { ecsFamily } = query;
    const longest = ecsFamily === 4 ? longestSubnet.ipv4 : longestSubnet.ipv6;
    const known = Math.min(query.ecsSource, longest);
    // RFC 7871 section 7.1.2: source 0 = the client wants its address not used.
    if (!bySubnet || ecsFamily === 0 || known === 0) {
      words = address;
      findSpot(table, peer.readAddress(address), address, spot);
      return 0;
    }
    words = query.ecsAddress;
    if (known < query.ecsSource) {
      cut(words, known, address);
      words = address;
    }
    findSpot(table, ecsFamily, words, spot);
    return longest;
  };

  /** The narrowest scope is right for all of several profiles on the way. */
  const raiseScope = (response: Response, scope: number, longest: number): void => {
    const told = Math.min(scope, longest);
    if (told > response.scope) response.scope = told;
  };

  /** The class of the resolver's own clients; sticky profiles look at its address too. */
  const classOfResolver = (geography: Geography, peer: Peer): number => {
    findSpot(table, peer.readAddress(address), address, resolver);
    keep(address, resolver);
    return geography.classOf(resolver.family, resolver.leaf);
  };

  /** The class of the client, and in the response the scope. */
  const classOf = (answers: ProfileAnswers, profile: Profile, query: Query, peer: Peer, response: Response): number => {
    const { geography } = answers;
    const { ecs, id } = profile;
    const others = (behind[id] ??= profilesBehind(snapshot, profile));
    if (!geography.placeMatters && others.length === 0) return 0;
    // What nobody ever gets is the same for everybody.
    const scoped = answers.mayAnswer(query.type);
    let longest = locate(ecs, query, peer);
    if (answers.isSticky) keep(words, spot);
    let clientClass: number;
    if (longest === 0) {
      clientClass = geography.classOf(spot.family, spot.leaf);
      // One family's subnets are not used, but the other's are: what this one gets is not for everybody.
      const other = query.ecsFamily === 4 ? longestSubnet.ipv6 : longestSubnet.ipv4;
      if (scoped && ecs && query.ecsSource > 0 && other > 0) raiseScope(response, geography.leastScope(), 1);
    } else {
      const both = geography.classAndScopeOf(spot.family, spot.leaf);
      clientClass = Math.floor(both / CLASS);
      if (clientClass === RESOLVERS) clientClass = classOfResolver(geography, peer);
      if (scoped) {
        const scope = both & (CLASS - 1);
        raiseScope(response, spot.offset === 0 && scope > 0 ? scope : scopeAt(geography, spot), longest);
      }
    }
    if (others.length === 0 || !scoped) return clientClass;
    // The others may use the subnet although this profile does not.
    if (!ecs) longest = locate(true, query, peer);
    if (longest === 0) return clientClass;
    for (let i = 0; i < others.length; i++) {
      if (!snapshot.profiles[others[i]!]!.ecs) continue;
      raiseScope(response, scopeAt(answersOf(others[i]!).geography, spot), longest);
    }
    return clientClass;
  };

  return (node, query, peer, response) => {
    const id = names.profile(node);
    const profile = snapshot.profiles[id]!;
    budget.settle();
    const answers = answersOf(id);
    const clientClass = classOf(answers, profile, query, peer, response);
    const drawn = answers.answer(clientClass, query.type, health.revisionOf(id));
    const { answer, endpoints, endpointCount, reason, filters, ttl } = drawn;
    for (let i = 0; i < filters.length; i++) counters.filtered(firstFilter[id]! + filters[i]!);
    if (endpointCount === 0) counters.decisionWithoutEndpoint(id, reason);
    else for (let i = 0; i < endpointCount; i++) counters.decision(endpoints[i]!, reason);
    const extendedError = EXTENDED_ERRORS[reason]!;
    if (extendedError >= 0 && answers.mayAnswer(query.type)) response.extendedError = extendedError;
    if (answer.alias !== undefined && query.type !== TYPE.CNAME && query.type !== TYPE.ANY) {
      addAlias(response, answer.answers!);
      return answer.alias;
    }
    response.rcode = answer.rcode === RCODE.NXDOMAIN && names.existsAnyway(node) ? RCODE.NOERROR : answer.rcode;
    response.answers = answer.answers;
    response.answersFrom = nextRotation(answer);
    if (answer.answers === undefined && answer.rcode !== RCODE.SERVFAIL) {
      response.authority = names.negative(node, negativeTtl(answers, profile, query.type, ttl));
    }
    return undefined;
  };
}

/** What nobody ever gets is kept for as long as may be, what this client does not get now for no longer than records. */
function negativeTtl(answers: ProfileAnswers, profile: Profile, type: number, ttl: number): number {
  if (!answers.mayAnswer(type)) return profile.ttl;
  return answers.geography.placeMatters && profile.ecs ? Math.min(profile.negativeTtl, ttl) : ttl;
}

/** RFC 8914: what a reason tells a resolver, by the reason's index; -1 = nothing. */
const extendedErrors: Readonly<Record<Reason, number>> = {
  preferred: -1,
  failover: -1,
  "all-down": EDE.NO_REACHABLE_AUTHORITY,
  fallback: EDE.NO_REACHABLE_AUTHORITY,
  "refused-all-down": EDE.NO_REACHABLE_AUTHORITY,
  "taken-out": EDE.NO_REACHABLE_AUTHORITY,
  "no-match": EDE.FILTERED,
  "no-family": -1,
  "out-of-service": -1,
  fenced: EDE.BLOCKED,
  trickle: -1,
  spill: -1,
};
const EXTENDED_ERRORS = REASONS.map((reason) => extendedErrors[reason]);

/** The first `length` bits of an address of four words. */
function cut(words: Uint32Array, length: number, to: Uint32Array): void {
  for (let word = 0; word < 4; word++) to[word] = words[word]! & prefixMask(length, word);
}
