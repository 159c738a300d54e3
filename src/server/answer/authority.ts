/**
 * What our zones and profiles say to a question: the algorithm of RFC 1034 section 4.3.2, of which steps 1, 2 and 3 are
 * a look-up in a table of all names. Fills the response; finds nothing out about the transport.
 */
import { isInService } from "../../routing/in-service.ts";
import type { Snapshot } from "../../routing/snapshot.ts";
import { compileRecords } from "../../wire/compiled-records.ts";
import { CLASS_IN, EDE, RCODE, TYPE } from "../../wire/constants.ts";
import { encodeAnyHinfo } from "../../wire/encode-record.ts";
import { addAlias, type Response } from "../../wire/encode-response.ts";
import type { Query } from "../../wire/query.ts";
import type { AnswerProfile } from "./answer-profile.ts";
import type { Peer } from "./peer.ts";
import type { ClosestNode, Names } from "../names/names.ts";

export interface Authority {
  /** Fills a response that has been cleared. */
  answer(query: Query, peer: Peer, response: Response): void;
  readonly last: LastQuestion;
}

/** What the last question came to. */
export interface LastQuestion {
  /** The profile that decided, -1 = none. */
  readonly profile: number;
  /** How many labels of its name lie below the closest name that we know. */
  readonly unknownLabels: number;
}

export interface AuthorityParts {
  readonly snapshot: Snapshot;
  readonly names: Names;
  readonly answerProfile: AnswerProfile;
}

// Constants of this file are compiled in; imported ones would be looked up for each question.
const { A, AAAA, CNAME, DS, HINFO, ANY } = TYPE;

/** RFC 8482 section 4.2 leaves the TTL open; an hour keeps ANY away without hiding a change for long. */
const ANY_TTL = 3600;
const ANY_ANSWER = compileRecords([{ type: HINFO, ttl: ANY_TTL, data: encodeAnyHinfo() }]);

const LONGEST_TTL = 2 ** 31 - 1;

/** CNAME records that are followed; resolvers give up at about as many (Unbound: 11). */
const MOST_ALIASES = 10;

export function createAuthority({ snapshot, names, answerProfile }: AuthorityParts): Authority {
  const last = { profile: -1, unknownLabels: 0 };
  /** The names on the way of the question, one for each alias, so that a loop of aliases ends. */
  const passed: number[] = [];

  /** Fills in what the name has to say; where that is an alias to another name of ours, returns that one. */
  const answerAt = (
    closest: number,
    exact: boolean,
    query: Query,
    peer: Peer,
    response: Response,
  ): ClosestNode | undefined => {
    // RFC 4035 section 3.1.4.1: the DS records of a delegated name are the parent's.
    const isDs = query.type === DS && exact;
    const above = isDs ? names.above(closest) : -1;
    const cut = names.delegation(above >= 0 ? above : closest);
    if (cut !== undefined && !(isDs && cut.at === closest)) {
      // RFC 1035 section 4.1.1: AA corresponds to the first owner name in the answer section.
      if (response.aliasCount === 0) response.authoritative = false;
      response.authority = cut.nameservers;
      response.additional = cut.glue;
      return undefined;
    }
    const node = exact ? closest : names.wildcard(closest);
    if (node < 0) {
      // RFC 6604 section 3: the RCODE is that of the last name.
      response.rcode = RCODE.NXDOMAIN;
      response.authority = names.negative(closest, LONGEST_TTL);
      return undefined;
    }
    if (response.aliasCount > 0 && isPassed(node, response.aliasCount)) return undefined;
    passed[response.aliasCount] = node;
    const profile = names.profile(node);
    if (profile >= 0 && isForProfile(node, query.type)) {
      last.profile = profile;
      const target = answerProfile(node, query, peer, response);
      if (query.type === ANY && response.answers === undefined && response.rcode === RCODE.NOERROR) {
        answerAny(response);
      }
      return target;
    }
    return answerFromSets(node, query, response);
  };

  /** Whether the profile of the node answers the type: static records of a name are told as they are. */
  const isForProfile = (node: number, type: number): boolean =>
    isAddressType(type) || (names.decidesAllTypes(node) && names.records(node, type) === undefined);

  const isPassed = (node: number, count: number): boolean => {
    for (let i = 0; i < count; i++) if (passed[i] === node) return true;
    return false;
  };

  const answerFromSets = (node: number, query: Query, response: Response): ClosestNode | undefined => {
    const profile = names.profile(node);
    if (profile >= 0) last.profile = profile;
    response.answers = names.records(node, query.type);
    if (response.answers !== undefined) return undefined;
    const cname = names.records(node, CNAME);
    if (cname !== undefined) {
      // RFC 1034 section 4.3.2, step 3a: the CNAME goes into the answer, and the search goes on at its target.
      const target = names.alias(node);
      if (target !== undefined && query.type !== ANY) {
        addAlias(response, cname);
        return target;
      }
      response.answers = cname;
      return undefined;
    }
    const isOut = profile >= 0 && !isInService(snapshot, snapshot.profiles[profile]!);
    const hasData = names.hasRecords(node) || (profile >= 0 && !isOut);
    if (query.type === ANY && hasData) answerAny(response);
    else {
      // A profile out of service is a name that does not exist, and that holds for every type.
      response.rcode = isOut && !names.existsAnyway(node) ? RCODE.NXDOMAIN : RCODE.NOERROR;
      const above = query.type === DS ? names.above(node) : -1;
      response.authority = names.negative(above >= 0 ? above : node, LONGEST_TTL);
    }
    return undefined;
  };

  return {
    answer(query, peer, response) {
      last.profile = -1;
      last.unknownLabels = 0;
      const found = names.find(query);
      if (found === undefined) {
        response.rcode = RCODE.REFUSED;
        response.extendedError = EDE.NOT_AUTHORITATIVE;
        return;
      }
      last.unknownLabels = found.labels;
      // RFC 1035 section 6.2: never for class ANY, which asks for more classes than one.
      response.authoritative = query.class === CLASS_IN;
      let target = answerAt(found.node, found.labels === 0, query, peer, response);
      while (target !== undefined && response.aliasCount <= MOST_ALIASES) {
        target = answerAt(target.node, target.exact, query, peer, response);
      }
    },
    last,
  };
}

/** Whether any profile has something to say for a query type. */
function isAddressType(type: number): boolean {
  return type === A || type === AAAA || type === CNAME;
}

/** RFC 8482 section 4.2. */
function answerAny(response: Response): void {
  response.answers = ANY_ANSWER;
  response.authority = undefined;
}
