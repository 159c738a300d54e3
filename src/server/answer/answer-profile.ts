/**
 * A profile's answer to a client: where the client is, the class of its candidates and the scope, then one of the
 * compiled outcomes. Geographies and answers are made when a profile is first asked: most of many thousands may never be.
 */
import { findSpot, newSpot, scopeAt } from "../../geo/find-leaf.ts";
import type { HealthTableView } from "../../health/health-table.ts";
import {
  CLASS,
  createGeography,
  createGeographyCaches,
  geographyKey,
  type Geography,
} from "../../routing/geography.ts";
import type { LeafTable } from "../../routing/leaf-table.ts";
import { REASONS, type Reason } from "../../routing/plan.ts";
import type { Profile, Snapshot } from "../../routing/snapshot.ts";
import type { Random } from "../../shared/ports.ts";
import type { Counters } from "../../telemetry/counters.ts";
import { EDE, RCODE, TYPE } from "../../wire/constants.ts";
import { addAlias, type Response } from "../../wire/encode-response.ts";
import type { Query } from "../../wire/query.ts";
import { prefixMask } from "./address-list.ts";
import type { Peer } from "./peer.ts";
import type { NamePlace, Names } from "../names/names.ts";
import { createProfileAnswers, type ProfileAnswers } from "./profile-answers.ts";
import { profilesBehind } from "./profiles-behind.ts";
import type { Service } from "./service.ts";

/** Fills the response with what the profile of the node says; where that is an alias to a name of ours, returns it. */
export type AnswerProfile = (node: number, query: Query, peer: Peer, response: Response) => NamePlace | undefined;

export interface AnswerProfileParts {
  readonly snapshot: Snapshot;
  readonly table: LeafTable;
  readonly names: Names;
  readonly health: HealthTableView;
  readonly counters: Counters;
  readonly random: Random;
  readonly longestSubnet: Service["longestSubnet"];
}

export function createAnswerProfile(parts: AnswerProfileParts): AnswerProfile {
  const { snapshot, table, names, health, counters, random, longestSubnet } = parts;
  const caches = createGeographyCaches(table, snapshot.profiles.length);
  const { budget } = caches;
  const geographies = new Map<string, Geography>();
  const profiles: (ProfileAnswers | undefined)[] = [];
  /** Of each profile that was asked, those that its answers may lead on to. */
  const behind: (readonly number[] | undefined)[] = [];
  const address = new Uint32Array(4);
  const spot = newSpot();

  const answersOf = (id: number): ProfileAnswers => (profiles[id] ??= createAnswers(snapshot.profiles[id]!));

  const createAnswers = (profile: Profile): ProfileAnswers => {
    const key = geographyKey(snapshot, profile);
    let geography = geographies.get(key);
    if (geography === undefined) {
      geography = createGeography(snapshot, profile, table, caches);
      geographies.set(key, geography);
    }
    return createProfileAnswers({ snapshot, names, health, random, budget }, profile, geography);
  };

  /** Finds the client. Returns the bits of its subnet that a scope may have, 0 = the resolver's address was looked up. */
  const locate = (bySubnet: boolean, query: Query, peer: Peer): number => {
    const { ecsFamily } = query;
    const longest = ecsFamily === 4 ? longestSubnet.ipv4 : longestSubnet.ipv6;
    const known = Math.min(query.ecsSource, longest);
    // RFC 7871 section 7.1.2: source 0 = the client wants its address not used. Any other, also one that leads
    // nowhere, is the client's: the resolver's does not take its place.
    if (!bySubnet || ecsFamily === 0 || known === 0) {
      findSpot(table, peer.readAddress(address), address, spot);
      return 0;
    }
    let words = query.ecsAddress;
    if (known < query.ecsSource) {
      cut(words, known, address);
      words = address;
    }
    findSpot(table, ecsFamily, words, spot);
    return longest;
  };

  /** Of several profiles on the way the narrowest scope is right for all. */
  const raiseScope = (response: Response, scope: number, longest: number): void => {
    const told = Math.min(scope, longest);
    if (told > response.scope) response.scope = told;
  };

  /** The class of the client, and in the response the scope. */
  const classOf = (answers: ProfileAnswers, id: number, query: Query, peer: Peer, response: Response): number => {
    const { geography } = answers;
    const others = (behind[id] ??= profilesBehind(snapshot, names, snapshot.profiles[id]!));
    if (!geography.placeMatters && others.length === 0) return 0;
    const { ecs } = snapshot.profiles[id]!;
    // What nobody ever gets is the same for everybody.
    const scoped = answers.mayAnswer(query.type);
    let longest = locate(ecs, query, peer);
    let klass: number;
    if (longest === 0) klass = geography.classOf(spot.family, spot.leaf);
    else {
      const both = geography.classAndScopeOf(spot.family, spot.leaf);
      klass = Math.floor(both / CLASS);
      if (scoped) {
        const scope = spot.offset === 0 ? both & (CLASS - 1) : scopeAt(geography, spot);
        raiseScope(response, scope, longest);
      }
    }
    if (others.length === 0 || !scoped) return klass;
    // The others may use the subnet although this profile does not.
    if (!ecs) longest = locate(true, query, peer);
    if (longest === 0) return klass;
    for (let i = 0; i < others.length; i++) {
      if (!snapshot.profiles[others[i]!]!.ecs) continue;
      raiseScope(response, scopeAt(answersOf(others[i]!).geography, spot), longest);
    }
    return klass;
  };

  return (node, query, peer, response) => {
    const id = names.profile(node);
    budget.settle();
    const answers = answersOf(id);
    const klass = classOf(answers, id, query, peer, response);
    const outcome = answers.answer(klass, query.type, health.epoch());
    if (outcome.endpoints.length === 0) counters.decisionWithoutEndpoint(id, outcome.reason);
    else for (let i = 0; i < outcome.endpoints.length; i++) counters.decision(outcome.endpoints[i]!, outcome.reason);
    const extendedError = EXTENDED_ERRORS[outcome.reason]!;
    if (extendedError >= 0 && answers.mayAnswer(query.type)) response.extendedError = extendedError;
    if (outcome.alias !== undefined && query.type !== TYPE.CNAME && query.type !== TYPE.ANY) {
      addAlias(response, outcome.answers!);
      return outcome.alias;
    }
    response.rcode = outcome.rcode === RCODE.NXDOMAIN && names.existsAnyway(node) ? RCODE.NOERROR : outcome.rcode;
    response.answers = outcome.answers;
    if (outcome.answers === undefined && outcome.rcode !== RCODE.SERVFAIL) {
      response.authority = names.negative(node, snapshot.profiles[id]!.ttl);
    }
    return undefined;
  };
}

/** RFC 8914: what a reason tells a resolver, by the reason's index; -1 = nothing. */
const extendedErrors: Readonly<Record<Reason, number>> = {
  preferred: -1,
  failover: -1,
  "all-down": EDE.NO_REACHABLE_AUTHORITY,
  fallback: EDE.NO_REACHABLE_AUTHORITY,
  "refused-all-down": EDE.NO_REACHABLE_AUTHORITY,
  "no-match": EDE.FILTERED,
  "no-family": -1,
  "out-of-service": -1,
};
const EXTENDED_ERRORS = REASONS.map((reason) => extendedErrors[reason]);

/** The first `length` bits of an address of four words. */
function cut(words: Uint32Array, length: number, to: Uint32Array): void {
  for (let word = 0; word < 4; word++) to[word] = words[word]! & prefixMask(length, word);
}
