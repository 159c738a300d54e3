/**
 * The whole way of a query: octets in, octets out, synchronous and without sockets. Every transport, the tests and the
 * benchmark call this one. After warm-up it allocates nothing.
 */
import { findSpot, raisedScope, type Spot } from "../geo/find-leaf.ts";
import type { HealthTableView } from "../health/health-table.ts";
import { isInService } from "../routing/eligibility.ts";
import { createCacheBudget, renewIfSpent } from "../routing/cache-budget.ts";
import { CLASS, createGeography, geographyKey, type Geography } from "../routing/geography.ts";
import type { LeafTable } from "../routing/leaf-table.ts";
import type { Profile, Snapshot } from "../routing/snapshot.ts";
import type { Random } from "../shared/ports.ts";
import type { Transport } from "../telemetry/counter-totals.ts";
import type { Counters } from "../telemetry/counters.ts";
import { CLASS_ANY, CLASS_IN, HEADER_SIZE, RCODE, TYPE } from "../wire/constants.ts";
import { decodeQuery } from "../wire/decode-query.ts";
import { encodeAnyHinfo, encodeRecord, pointerTo } from "../wire/encode-record.ts";
import { encodeResponse, udpLimit, TCP_SIZE, type Response } from "../wire/encode-response.ts";
import { newQuery } from "../wire/query.ts";
import { wireActions, type WireError } from "../wire/wire-error.ts";
import { compiled, compileZones, type NameNode } from "./compile-zones.ts";
import { createProfileAnswers, isProfileType, type ProfileAnswers } from "./profile-answers.ts";

/** Who asks, as the transport knows it. Read only where the query names no client subnet. */
export interface Peer {
  /** Fills four 32-bit words, IPv4 in the first, and returns the family. */
  readAddress(words: Uint32Array): 4 | 6;
}

export interface AnswererParts {
  readonly snapshot: Snapshot;
  readonly table: LeafTable;
  readonly health: HealthTableView;
  readonly counters: Counters;
  readonly random: Random;
  /** An exception while answering: a bug. The query has got SERVFAIL. */
  readonly onException: (cause: unknown) => void;
}

/** Octets of the answer in `out`; 0 = stay silent. `out` has room for the transport's longest answer. */
export type Answerer = (
  packet: Uint8Array,
  length: number,
  peer: Peer,
  out: Uint8Array,
  transport: Transport,
) => number;

/** RFC 8482 section 4.2 leaves the TTL open; an hour keeps ANY away without hiding a change for long. */
const ANY_TTL = 3600;
const ANY_ANSWER = compiled([encodeRecord(pointerTo(12), TYPE.HINFO, ANY_TTL, encodeAnyHinfo())]);

const LONGEST_TTL = 2 ** 31 - 1;

export function createAnswerer({ snapshot, table, health, counters, random, onException }: AnswererParts): Answerer {
  const names = compileZones(snapshot);
  const budget = createCacheBudget();
  const geographies = new Map<string, Geography>();
  const profiles: (ProfileAnswers | undefined)[] = [];
  const query = newQuery();
  const address = new Uint32Array(4);
  const spot: Spot = { family: 4, leaf: 0, offset: 0 };
  const response: Response = {
    rcode: 0,
    authoritative: false,
    answers: undefined,
    authority: undefined,
    additional: undefined,
    scope: 0,
  };

  /** Fills `response`; returns the profile that was asked, -1 = none. */
  const resolve = (peer: Peer): number => {
    response.authoritative = false;
    response.answers = undefined;
    response.authority = undefined;
    response.additional = undefined;
    response.scope = 0;
    response.rcode = RCODE.REFUSED;
    if (query.class !== CLASS_IN && query.class !== CLASS_ANY) return -1;
    if (query.type === TYPE.AXFR || query.type === TYPE.IXFR) return -1;
    const found = names.find(query);
    if (found === undefined) return -1;

    const closest = found.value;
    response.rcode = RCODE.NOERROR;
    if (closest.cut !== undefined) {
      response.authority = closest.cut.nameservers;
      response.additional = closest.cut.glue;
      return -1;
    }
    // RFC 1035 section 6.2: never for class ANY, which asks for more classes than one.
    response.authoritative = query.class === CLASS_IN;
    const node = found.labels === 0 ? closest : closest.wildcard;
    if (node === undefined) {
      response.rcode = RCODE.NXDOMAIN;
      response.authority = closest.zone.negative(LONGEST_TTL);
      return -1;
    }
    if (node.profile >= 0 && isProfileType(query.type)) {
      resolveProfile(node, peer);
      return node.profile;
    }
    // RFC 1034 section 3.6.2: a CNAME answers for every type.
    response.answers = node.sets.get(query.type) ?? node.sets.get(TYPE.CNAME);
    const exists = node.sets.size > 0 || node.profile < 0 || isInService(snapshot, snapshot.profiles[node.profile]!);
    if (response.answers === undefined && query.type === TYPE.ANY && exists) response.answers = ANY_ANSWER;
    if (response.answers === undefined) {
      // A profile out of service is a name that does not exist, and that holds for every type (RFC 8020).
      response.rcode = exists ? RCODE.NOERROR : RCODE.NXDOMAIN;
      response.authority = node.zone.negative(LONGEST_TTL);
    }
    return node.profile;
  };

  /** When a profile is first asked: most of many thousands may never be. */
  const answersOf = (profile: Profile): ProfileAnswers => {
    const key = geographyKey(snapshot, profile);
    let geography = geographies.get(key);
    if (geography === undefined) {
      geography = createGeography(snapshot, profile, table, budget);
      geographies.set(key, geography);
    }
    return createProfileAnswers({ snapshot, health, random, budget }, profile, geography);
  };

  const resolveProfile = (node: NameNode, peer: Peer): void => {
    const profile = snapshot.profiles[node.profile]!;
    renewIfSpent(budget);
    const answers = (profiles[node.profile] ??= answersOf(profile));
    const { geography } = answers;
    let klass = 0;
    if (geography.placeMatters) {
      // RFC 7871 section 7.1.2: source 0 = the client wants its address not used.
      const bySubnet = query.ecsFamily !== 0 && query.ecsSource > 0;
      if (bySubnet) findSpot(table, query.ecsFamily as 4 | 6, query.ecsAddress, query.ecsSource, spot);
      else findSpot(table, peer.readAddress(address), address, 128, spot);
      const both = geography.classAndScopeOf(spot.family, spot.leaf);
      klass = Math.floor(both / CLASS);
      if (bySubnet) response.scope = raisedScope(both & (CLASS - 1), spot);
    }
    const outcome = answers.answer(klass, query.type, health.epoch());
    // With static records beside the profile the name exists, whatever the profile says.
    response.rcode = outcome.rcode === RCODE.NXDOMAIN && node.sets.size > 0 ? RCODE.NOERROR : outcome.rcode;
    response.answers = outcome.answers;
    if (outcome.answers === undefined && outcome.rcode !== RCODE.SERVFAIL) {
      response.authority = node.zone.negative(profile.ttl);
    }
    if (outcome.endpoints.length === 0) counters.decisionWithoutEndpoint(node.profile, outcome.reason);
    else for (let i = 0; i < outcome.endpoints.length; i++) counters.decision(outcome.endpoints[i]!, outcome.reason);
  };

  const refuseMessage = (error: Exclude<WireError, "">): boolean => {
    const action = wireActions[error];
    if (action === "drop") return false;
    response.rcode = action;
    response.authoritative = false;
    response.answers = undefined;
    response.authority = undefined;
    response.additional = undefined;
    return true;
  };

  const answer: Answerer = (packet, length, peer, out, transport) => {
    const error = decodeQuery(packet, length, query);
    let profile = -1;
    if (error === "") profile = resolve(peer);
    else if (!refuseMessage(error)) {
      counters.event("dropped");
      return 0;
    }
    const size = encodeResponse(packet, query, response, out, transport === "udp" ? udpLimit(query) : TCP_SIZE);
    if ((out[2]! & 0x02) !== 0) counters.event("truncated");
    counters.query(profile, query.hasQuestion ? query.type : 0, response.rcode);
    return size;
  };

  return (packet, length, peer, out, transport) => {
    try {
      return answer(packet, length, peer, out, transport);
    } catch (cause) {
      counters.event("exception");
      onException(cause);
      return serverFailure(packet, length, out);
    }
  };
}

/** A header alone: nothing that failed to be understood is repeated. */
function serverFailure(packet: Uint8Array, length: number, out: Uint8Array): number {
  if (length < HEADER_SIZE) return 0;
  out.fill(0, 0, HEADER_SIZE);
  out[0] = packet[0]!;
  out[1] = packet[1]!;
  // QR, and OPCODE and RD as asked.
  out[2] = 0x80 | (packet[2]! & 0x79);
  out[3] = RCODE.SERVFAIL;
  return HEADER_SIZE;
}
