/** The server held against the reference model: what it answers, what it counts for it, and the scopes that it tells. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createChance } from "../fuzz/chance.ts";
import { testAnswerer, type TestAnswerer } from "../support/answerer.ts";
import { holds, listed, networkAround, parseAddress, type Network } from "./addresses.ts";
import { inService, type Configuration, type Endpoint, type Profile } from "./configuration.ts";
import { asked, loaded, stateOf, TTL, type Told } from "./engine.ts";
import { isUnknown } from "./places.ts";
import { ASKED, casesOf, randomGraph, type Case, type RandomGraph } from "./random-graph.ts";
import { scopesOf } from "./scopes.ts";
import { answersOf, candidatesFor } from "./answers-of.ts";
import { stepOf, type Answer, type Question } from "./steering-model.ts";

const RUNS = 700;

/** What is as likely as a tenth comes within so many draws, but for one time in 10^13. */
const MOST_DRAWS = 300;
const LIKELY = 0.1;

test(`the server answers as the model, in ${RUNS} random graphs`, { timeout: 300_000 }, () => {
  const property = fc.property(randomGraph, (graph) => {
    expect(disagreements(graph)).toEqual([]);
  });
  fc.assert(property, { numRuns: RUNS });
});

function disagreements(graph: RandomGraph): readonly string[] {
  const { configuration } = graph;
  const { below } = createChance();
  const server = testAnswerer(loaded(configuration), { random: () => below(2 ** 30) / 2 ** 30 });
  const scopeOf = scopes(configuration);
  const told = new Map<string, ToldScope>();
  const found: string[] = [];
  for (const one of casesOf(graph)) {
    setStates(server, graph, one);
    const wanted = answersOf({ configuration, profile: ASKED, ...one });
    const missing = new Set([...wanted].flatMap(([answer, share]) => (share < LIKELY ? [] : answer)));
    const replies: Told[] = [];
    do {
      replies.push(asked(server, ASKED, one.question, one.client));
      missing.delete(replies.at(-1)!.answer);
    } while (missing.size > 0 && replies.length < MOST_DRAWS);
    const scope = scopeOf(one);
    const removedBy = inService(configuration, ASKED) ? candidatesFor(configuration, ASKED, one.client).removedBy : [];
    const wrong = [
      ...replies.filter(({ answer }) => !wanted.has(answer)).map(({ answer }) => `answered ${answer}`),
      ...[...missing].map((answer) => `never answered ${answer}`),
      ...replies
        .filter((reply) => !isRightlyCounted(configuration, reply))
        .map((reply) => `counted ${JSON.stringify(reply)}`),
      ...replies
        // Without a decision there is nothing to count.
        .filter(({ filtered, decisions }) => decisions.length > 0 && filtered.join(" ") !== removedBy.join(" "))
        .map(({ filtered }) => `filtered by ${filtered.join(" ")} in place of ${removedBy.join(" ")}`),
      ...replies
        .filter((reply) => reply.scope !== scope.told)
        .map((reply) => `scope ${reply.scope} in place of ${scope.told}`),
      ...replies
        .filter((reply) => !ttlsOf(reply.answer, scope.forAll, rangeOf(configuration, one)).includes(reply.ttl))
        .map((reply) => `TTL ${reply.ttl} of ${reply.answer}`),
    ];
    if (wrong.length > 0)
      found.push(`${JSON.stringify(one)}: ${[...new Set(wrong)].join("; ")}; wanted ${[...wanted.keys()].join(", ")}`);
    const { client, question } = one;
    if (client.subnet === undefined || isUnknown(client.subnet)) continue;
    const network = networkAround(parseAddress(client.subnet.split("/")[0]!), replies[0]!.scope!);
    told.set(`${question} ${client.subnet}`, { question, network });
  }
  return [...found, ...overlaps([...told.values()])];
}

/** Of each question: the scope that is told with a subnet, and whether the client makes no difference. */
function scopes(
  configuration: Configuration,
): (asked: Case) => { readonly told: number | undefined; readonly forAll: boolean } {
  const { scopeOf } = scopesOf(configuration, ASKED);
  const usesSubnets = configuration.profiles[ASKED]!.ecs !== false;
  return ({ client: { subnet, resolver }, question }) => {
    const isTold = subnet !== undefined && !isUnknown(subnet);
    const scope = usesSubnets ? scopeOf(parseAddress((isTold ? subnet : resolver).split("/")[0]!), question) : 0;
    // RFC 7871 section 7.1.2: an answer for a client that stays unknown is for all.
    return { told: isTold ? scope : subnet === undefined ? undefined : 0, forAll: scope === 0 };
  };
}

/**
 * The TTLs that an answer may have. NODATA that is the same for all clients may be kept as long as the zone says, or as
 * short as what depends on the client: the server need not know.
 */
function ttlsOf(answer: Answer, isForAll: boolean, { now, max }: TtlRange): readonly (number | undefined)[] {
  if (answer === "SERVFAIL") return [undefined];
  if (!isNegative(answer)) return [now];
  const ofClient = Math.min(TTL.negative, now);
  return answer === "NODATA" && !isForAll
    ? [ofClient]
    : [...[now, max].map((ttl) => Math.min(TTL.zone, ttl)), ofClient];
}

interface TtlRange {
  readonly now: number;
  readonly max: number;
}

/** Section 5 of docs/steering.md. */
function rangeOf(configuration: Configuration, one: Case): TtlRange {
  const { ttl } = configuration.profiles[ASKED]!;
  if (ttl === undefined) return { now: TTL.records, max: TTL.records };
  const [max, min] = [Number.parseFloat(ttl.max), Number.parseFloat(ttl.min)];
  if (!inService(configuration, ASKED)) return { now: max, max };
  const step = stepOf({ configuration, profile: ASKED, ...one }, candidatesFor(configuration, ASKED, one.client));
  return { now: Math.round(max * (min / max) ** (step / 15)), max };
}

function setStates(server: TestAnswerer, { known: all }: RandomGraph, { down, ruled, known }: Case): void {
  for (const path of Object.keys(all)) {
    server.set(path, stateOf(down.includes(path) ? "degraded" : "online", ruled[path], known[path]));
  }
}

/**
 * Whether the decisions that were counted fit the answer that came with them: one for each endpoint on the way, of the
 * asked profile first, and for each of multivalue that answers beside the last. The last has the records, unless the profile that it leads to has a word of its own. A type that
 * only hosts answer need not be a decision where there is nothing to answer.
 */
function isRightlyCounted({ profiles }: Configuration, { answer, decisions }: Told): boolean {
  if (decisions.length === 0) return isNegative(answer);
  const { reason } = decisions.at(-1)!;
  let profile: string | undefined = ASKED;
  const records: string[] = [];
  for (const [i, decision] of decisions.entries()) {
    const endpoint: Endpoint | undefined = profiles[decision.profile]!.endpoints[decision.endpoint];
    if (endpoint === undefined && decision.endpoint !== "-") return false;
    const own = [...listed(endpoint?.address), ...listed(endpoint?.host)];
    if (decision.profile === decisions[i - 1]?.profile) {
      // Beside the one before: each has some of the records.
      if (profiles[decision.profile]!.method !== "multivalue" || !own.some((one) => answer.split(" ").includes(one)))
        return false;
      records.push(...own);
      continue;
    }
    if (decision.profile !== profile) return false;
    records.splice(0, Infinity, ...own);
    if (endpoint !== undefined) profile = endpoint.profile;
  }
  if (reason === "fallback" && profile !== undefined) records.push(...fallbackOf(profiles[profile]!));
  const isTheirs = answer.split(" ").every((one) => one === "CNAME" || records.includes(one));
  return reasonsOf(answer).includes(reason) && (isNegative(answer) || isTheirs);
}

function fallbackOf({ whenAllDown }: Profile): readonly string[] {
  return typeof whenAllDown === "object" ? listed(whenAllDown.fallback) : [];
}

const isNegative = (answer: string): boolean => /^[A-Z]+$/.test(answer);

function reasonsOf(answer: string): readonly string[] {
  if (answer === "NODATA") return ["no-match", "no-family", "refused-all-down", "taken-out", "fenced"];
  if (answer === "NXDOMAIN") return ["out-of-service"];
  if (answer === "SERVFAIL") return ["refused-all-down", "fenced"];
  return ["preferred", "failover", "spill", "all-down", "fallback", "trickle"];
}

interface ToldScope {
  readonly question: Question;
  readonly network: Network;
}

/** Resolvers keep each type apart; RFC 7871 section 7.2.1 has no answer inside another's network. */
function overlaps(told: readonly ToldScope[]): readonly string[] {
  return told.flatMap(({ question, network }) =>
    told
      .filter((other) => other.question === question && other.network.length > network.length)
      .filter(({ network: { family, first } }) => holds(network, { family, value: first }))
      .map((other) => `scopes overlap for ${question}: /${network.length} and /${other.network.length} inside it`),
  );
}
