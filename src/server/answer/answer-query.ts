/**
 * The whole way of a query: octets in, octets out, synchronous and without sockets. Every transport, the tests and the
 * benchmark call this one. After warm-up it allocates nothing.
 */
import type { StateTableView } from "../../state/state-table.ts";
import type { LeafTable } from "../../routing/leaf-table.ts";
import type { Snapshot } from "../../routing/snapshot.ts";
import type { Clock, Random } from "../../shared/ports.ts";
import type { Counters } from "../../telemetry/counters.ts";
import { CLASS_ANY, CLASS_CH, CLASS_IN, EDE, HEADER_SIZE, RCODE, TYPE } from "../../wire/constants.ts";
import { decodeQuery } from "../../wire/decode-query.ts";
import {
  clearResponse,
  encodeResponse,
  newResponse,
  TRUNCATED,
  udpLimit,
  type Response,
} from "../../wire/encode-response.ts";
import { CLIENT_COOKIE, newQuery } from "../../wire/query.ts";
import { createServerCookies, SERVER_COOKIE } from "../../wire/server-cookie.ts";
import { wireActions } from "../../wire/wire-error.ts";
import { createAnswerProfile } from "./answer-profile.ts";
import { createAuthority } from "./authority.ts";
import { createAnswerChaos } from "./chaos.ts";
import type { NameTable } from "../names/name-table.ts";
import { createNames } from "../names/names.ts";
import type { Peer } from "./peer.ts";
import {
  AMPLIFICATION,
  ANSWER,
  createRateLimiter,
  DROP,
  SEND,
  TRUNCATE,
  type AnswerClass,
  type Verdict,
} from "./rate-limit.ts";
import type { Service } from "./service.ts";
import type { Traits } from "./traits.ts";

export interface AnswererParts {
  readonly snapshot: Snapshot;
  readonly names: NameTable;
  readonly service: Service;
  readonly table: LeafTable;
  readonly health: StateTableView;
  readonly counters: Counters;
  readonly random: Random;
  /** Milliseconds since the Unix epoch; read only where cookies or limits need it. */
  readonly clock: Clock;
  /** An exception while answering: a bug. The query has got SERVFAIL. */
  readonly onException: (cause: unknown) => void;
}

/** Octets of the answer in `out`; 0 = stay silent. `out` has room for the transport's longest answer. */
export type Answerer = (packet: Uint8Array, length: number, peer: Peer, out: Uint8Array, traits: Traits) => number;

// Constants of this file are compiled in; imported ones would be looked up for each query.
const { AXFR, IXFR } = TYPE;
const AMPLIFIED = AMPLIFICATION;

export function createAnswerer(parts: AnswererParts): Answerer {
  const { snapshot, service, table, counters, clock, onException } = parts;
  const names = createNames(parts.names);
  const answerProfile = createAnswerProfile({ ...parts, names, longestSubnet: service.longestSubnet });
  const authority = createAuthority({ snapshot, names, answerProfile });
  const answerChaos = createAnswerChaos(service.identity, table, snapshot.groupings);
  const nsid = service.identity.name === undefined ? undefined : new TextEncoder().encode(service.identity.name);
  const cookies = createServerCookies(service.cookieSecrets);
  const serverCookie = new Uint8Array(SERVER_COOKIE);
  const { rateLimit } = service;
  const limiter = rateLimit && createRateLimiter(rateLimit);
  const judgesAll = limiter?.judgesAll ?? false;
  const judgesAmplified = limiter?.judgesAmplified ?? false;
  const stale = new Int32Array(service.stale);
  const query = newQuery();
  const response = newResponse(service.udpSize);
  const address = new Uint32Array(4);

  /** Fills `response`; returns the profile that decided, -1 = none. */
  const resolve = (peer: Peer): number => {
    if (!query.hasQuestion) return -1;
    if (query.type === AXFR || query.type === IXFR) {
      response.rcode = RCODE.REFUSED;
      response.extendedError = EDE.NOT_SUPPORTED;
      return -1;
    }
    if (query.class === CLASS_IN || query.class === CLASS_ANY) {
      authority.answer(query, peer, response);
      return authority.last.profile;
    }
    if (query.class === CLASS_CH) answerChaos(query, peer, response);
    else {
      response.rcode = RCODE.REFUSED;
      response.extendedError = EDE.NOT_AUTHORITATIVE;
    }
    return -1;
  };

  /** What becomes of the answer over UDP to a client that may have forged its address. */
  const judge = (peer: Peer): Verdict => {
    const family = peer.readAddress(address);
    const kind = answerClass(response);
    let name = 0;
    if (kind !== ANSWER.error && query.hasQuestion && query.class !== CLASS_CH) {
      name = limiter!.hashName(query.name, accountStart(kind), query.nameLength);
    }
    return limiter!.judge(family, address, kind, name, clock());
  };

  /** Makes the response one that is over a limit and is sent all the same; returns its longest size. */
  const slip = (): number => {
    counters.event("slipped");
    // Nothing that a forger of addresses would want; the cookie is what lets the client through.
    response.nsid = undefined;
    response.extendedError = -1;
    return TRUNCATED;
  };

  /** Where in the asked name that name starts which has the account: random names share that of one that we know. */
  const accountStart = (kind: AnswerClass): number => {
    // BIND: names that do not exist are counted for the zone.
    if (kind === ANSWER.nxdomain && response.aliasCount === 0) {
      return query.nameLength - response.authority!.ownerLength;
    }
    const unknown = authority.last.unknownLabels;
    return unknown === query.labelCount ? query.nameLength - 1 : query.labels[unknown]!;
  };

  /** Fills the options of `response`, all but the cookie. */
  const addOptions = (peer: Peer): void => {
    // RFC 7871 section 7.2.1: whoever knows the option "MUST include an ECS option in its response".
    response.withSubnet = query.ecs;
    if (query.nsid) response.nsid = nsid;
    if (query.keepalive) response.keepalive = peer.keepalive;
    // Whatever is no answer has an error of its own.
    if (stale[0] !== 0 && response.extendedError < 0) response.extendedError = EDE.STALE_ANSWER;
  };

  /** Fills in our cookie; returns whether the client's shows that its address is its own. */
  const addCookie = (peer: Peer): boolean => {
    const family = peer.readAddress(address);
    const now = Math.floor(clock() / 1000);
    cookies.write(serverCookie, 0, query.cookie, family, address, now);
    response.serverCookie = serverCookie;
    return cookies.isValid(query.cookie, query.cookieLength, family, address, now);
  };

  const answer: Answerer = (packet, length, peer, out, traits) => {
    const error = decodeQuery(packet, length, traits.stream, query);
    clearResponse(response);
    let profile = -1;
    let isProven = false;
    if (error === "") {
      profile = resolve(peer);
      addOptions(peer);
      isProven = query.cookieLength > 0 && addCookie(peer);
      // RFC 7873 section 5.4: without a question the client asks whether its server cookie is right, or for one.
      if (!query.hasQuestion && query.cookieLength > CLIENT_COOKIE && !isProven) response.rcode = RCODE.BADCOOKIE;
    } else {
      const action = wireActions[error];
      if (action === "drop") {
        counters.event("dropped");
        return 0;
      }
      response.rcode = action;
    }
    let limit = traits.stream ? traits.longest : Math.min(udpLimit(query, response), traits.longest);
    const mayBeForged = !isProven && !traits.provesAddress;
    let verdict: Verdict = judgesAll && mayBeForged ? judge(peer) : SEND;
    if (verdict === TRUNCATE) limit = slip();
    let size = verdict === DROP ? 0 : encodeResponse(packet, query, response, out, limit);
    if (judgesAmplified && mayBeForged && size > AMPLIFIED * length) {
      verdict = limiter!.judgeAmplified(peer.readAddress(address), address, clock());
      if (verdict === TRUNCATE) size = encodeResponse(packet, query, response, out, slip());
    }
    if (verdict === DROP) {
      counters.event("limited");
      return 0;
    }
    if ((out[2]! & 0x02) !== 0) counters.event("truncated");
    counters.query(profile, query.hasQuestion ? query.type : 0, response.rcode);
    return size;
  };

  return (packet, length, peer, out, traits) => {
    try {
      return answer(packet, length, peer, out, traits);
    } catch (cause) {
      counters.event("exception");
      onException(cause);
      return serverFailure(packet, length, out);
    }
  };
}

function answerClass({ rcode, authoritative, aliasCount, answers, authority }: Response): AnswerClass {
  if (rcode === RCODE.NXDOMAIN) return ANSWER.nxdomain;
  if (rcode !== RCODE.NOERROR) return ANSWER.error;
  if (answers !== undefined || aliasCount > 0) return ANSWER.positive;
  return authority !== undefined && !authoritative ? ANSWER.referral : ANSWER.nodata;
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
