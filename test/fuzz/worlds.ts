/** What the fuzzed answerers serve: each world is a configuration, a state of health, and names worth asking for. */
import { createRateLimitTable } from "../../src/server/answer/rate-limit.ts";
import { NOON, serviceOf, type TestAnswererOptions } from "../support/answerer.ts";
import { labelsName, octets, wireName } from "../support/query-packet.ts";
import { cidr, recordSet, ZONE, zoneOf, type SnapshotSpec } from "../support/snapshot.ts";

export interface World {
  readonly name: string;
  readonly spec: SnapshotSpec;
  /** For each answerer anew: some of it is memory. */
  readonly options?: () => TestAnswererOptions;
  /** Whether silence and truncation are answers, which depend on what was asked before. */
  readonly isLimited?: boolean;
  /** Whether addresses change places from answer to answer. */
  readonly rotates?: boolean;
  /** Whether some answer is longer than TCP can carry. */
  readonly hasTooLong?: boolean;
  /** Endpoints that are down, as `profile/endpoint`. */
  readonly down: readonly string[];
  /** In wire form. */
  readonly names: readonly Uint8Array[];
}

const NETWORKS = { germany: { cidrs: ["10.0.0.0/8", "2001:db8:de::/48"], country: "DE" } };

const below = (zone: string, ...labels: readonly string[]): Uint8Array[] =>
  labels.map((label) => wireName(label === "" ? zone : `${label}.${zone}`));

/** Names that belong to nobody, and such as only a fuzzer asks for. */
const FOREIGN: readonly Uint8Array[] = [
  ...["", "com", "example.org", "version.bind", "id.server", "hostname.bind", "whoami.geosteer"].map(wireName),
  labelsName(...Array.from({ length: 127 }, () => [0x61])),
  labelsName(...[63, 63, 63, 61].map((size) => Array<number>(size).fill(0x2e))),
];

const everyday: World = {
  name: "everyday",
  spec: {
    networks: NETWORKS,
    profiles: {
      shop: { endpoints: { a: { address: ["192.0.2.1", "2001:db8::1"] }, b: { host: "edge.example.net" } } },
      geo: {
        method: "geographic",
        endpoints: { de: { regions: ["DE"] }, world: { address: ["2001:db8::2"], regions: ["WORLD"] } },
      },
      near: { method: "performance", endpoints: { de: { at: "DE" }, br: { at: "BR" } } },
      some: { method: "weighted", endpoints: { a: {}, outer: { nested: "geo" } } },
      pairs: { method: "multivalue", endpoints: { a: {}, b: { address: ["192.0.2.3"] }, c: { standby: true } } },
      office: { method: "subnet", endpoints: { a: { networks: ["10.0.0.9-10.20.0.3"] }, b: { nested: "pairs" } } },
      off: { enabled: false, endpoints: { a: {} } },
    },
    zones: [
      zoneOf(ZONE, [
        recordSet(ZONE, `TXT ${"x".repeat(4000)}`),
        recordSet(`*.wild.${ZONE}`, "CNAME example.net"),
        recordSet(`sub.${ZONE}`, `NS ns.sub.${ZONE}`),
        recordSet(`ns.sub.${ZONE}`, "A 192.0.2.54"),
        recordSet(`chain1.${ZONE}`, `CNAME chain2.${ZONE}`),
        recordSet(`chain2.${ZONE}`, `CNAME shop.${ZONE}`),
        recordSet(`loop.${ZONE}`, `CNAME pool.${ZONE}`),
        recordSet(`pool.${ZONE}`, `CNAME loop.${ZONE}`),
        recordSet(`*.self.${ZONE}`, `CNAME x.self.${ZONE}`),
        recordSet(`to-cut.${ZONE}`, `CNAME x.sub.${ZONE}`),
        recordSet(`to-nothing.${ZONE}`, `CNAME nothing.${ZONE}`),
      ]),
      zoneOf(`a.b.${ZONE}`),
    ],
  },
  down: [],
  names: [
    ...below(ZONE, "", "shop", "geo", "near", "some", "off", "x.wild", "wild", "y.sub", "sub", "x.a.b", "b", "nothing"),
    ...below(ZONE, "chain1", "chain2", "loop", "a.self", "to-cut", "to-nothing"),
    ...FOREIGN,
  ],
};

const failing: World = {
  name: "failing",
  spec: {
    networks: NETWORKS,
    profiles: {
      all: { endpoints: { a: { address: ["192.0.2.1", "2001:db8::1"] }, b: { host: "edge.example.net" } } },
      none: { whenAllDown: { action: "nodata" }, endpoints: { a: {} } },
      servfail: { whenAllDown: { action: "servfail" }, endpoints: { a: {} } },
      half: { method: "weighted", endpoints: { a: {}, b: { address: ["2001:db8::2"] } } },
      nesting: { method: "geographic", endpoints: { a: { nested: "half", minHealthy: 2, regions: ["DE"] } } },
    },
    records: [recordSet(`to-all.${ZONE}`, `CNAME all.${ZONE}`), recordSet(`*.${ZONE}`, `CNAME servfail.${ZONE}`)],
  },
  down: ["all/a", "all/b", "none/a", "servfail/a", "half/b"],
  names: [...below(ZONE, "", "all", "none", "servfail", "half", "nesting", "to-all", "any.thing"), ...FOREIGN],
};

const label = (letter: string): string => letter.repeat(63);
/** Zones with names as long as they can be, and answers near and beyond every limit. */
const LONG_ZONE = `${label("a")}.${label("b")}.${"c".repeat(60)}`;
const DEEP_ZONE = Array.from({ length: 100 }, () => "d").join(".");
const HOSTS = Array.from({ length: 200 }, (_, i) => i);

const large: World = {
  name: "large",
  rotates: true,
  hasTooLong: true,
  spec: {
    networks: NETWORKS,
    profiles: {
      long: { names: [`${label("p").slice(1)}.${LONG_ZONE}`], endpoints: { a: { host: `h.${LONG_ZONE}` } } },
      deep: {
        names: [`p.${DEEP_ZONE}`],
        method: "performance",
        endpoints: { a: { at: "DE", address: HOSTS.map((i) => `192.0.2.${i}`) }, b: { at: "BR" } },
      },
      apex: { names: [ZONE], endpoints: { a: { address: HOSTS.map((i) => `2001:db8::${i.toString(16)}`) } } },
    },
    zones: [
      zoneOf(ZONE, [
        recordSet(`many.${ZONE}`, "A 192.0.2.1", ...HOSTS.map((i) => `A 198.51.100.${i}`)),
        recordSet(`huge.${ZONE}`, `TXT ${"x".repeat(30_000)}`, `TXT ${"y".repeat(30_000)}`),
        recordSet(`over.${ZONE}`, `TXT ${"x".repeat(40_000)}`, `TXT ${"y".repeat(40_000)}`),
        ...[480, 490, 500, 1180, 1190, 1200, 1210].map((size) =>
          recordSet(`t${size}.${ZONE}`, `TXT ${"t".repeat(size)}`),
        ),
        ...Array.from({ length: 20 }, (_, i) => recordSet(`chain${i}.${ZONE}`, `CNAME chain${i + 1}.${ZONE}`)),
        recordSet(`chain20.${ZONE}`, `CNAME p.${DEEP_ZONE}`),
        recordSet(`loop.${ZONE}`, `CNAME pool.${ZONE}`),
        recordSet(`pool.${ZONE}`, `CNAME loop.${ZONE}`),
        recordSet(`to-cut.${ZONE}`, `CNAME below.cut.${ZONE}`),
        recordSet(`to-none.${ZONE}`, `CNAME nothing.${ZONE}`),
        recordSet(`to-long.${ZONE}`, `CNAME ${label("p").slice(1)}.${LONG_ZONE}`),
        recordSet(`*.self.${ZONE}`, `CNAME x.self.${ZONE}`),
        recordSet(`cut.${ZONE}`, ...(HOSTS.slice(0, 20).map((i) => `NS ns${i}.cut.${ZONE}`) as [string, ...string[]])),
        ...HOSTS.slice(0, 20).flatMap((i) => [
          recordSet(`ns${i}.cut.${ZONE}`, `A 192.0.2.${i}`),
          recordSet(`ns${i}.cut.${ZONE}`, `AAAA 2001:db8::${i}`),
        ]),
      ]),
      zoneOf(LONG_ZONE, [recordSet(`*.${LONG_ZONE}`, "TXT wild")]),
      zoneOf(DEEP_ZONE, [recordSet(`q.${DEEP_ZONE}`, `MX 10 q.${LONG_ZONE}`)]),
    ],
  },
  down: [],
  names: [
    ...below(ZONE, "", "many", "huge", "over", "chain0", "chain3", "chain10", "chain16", "chain20", "loop", "to-cut"),
    ...below(ZONE, "to-none", "to-long", "x.self", "self", "cut", "ns1.cut", "a.b.cut", "nothing"),
    ...below(ZONE, ...[480, 490, 500, 1180, 1190, 1200, 1210].map((size) => `t${size}`)),
    ...below(LONG_ZONE, "", "x", label("p").slice(1), "h"),
    ...below(DEEP_ZONE, "", "p", "q", "x.y"),
    octets(Uint8Array.of(3, 0x2e, 0x2e, 0x2e), wireName(ZONE)),
  ],
};

/** Tells of itself and of its clients whatever it can, and serves a configuration that is out of date. */
const talkative: World = {
  ...everyday,
  name: "talkative",
  options: () => ({
    service: serviceOf({
      identity: { name: "n".repeat(60), version: "9.9", whoami: true, allow: [cidr("10.0.0.0/8")] },
      longestSubnet: { ipv4: 20, ipv6: 44 },
      cookieSecrets: [1, 2, 3].map((octet) => new Uint8Array(16).fill(octet)),
      stale: staleFlag(),
    }),
  }),
};

function staleFlag(): SharedArrayBuffer {
  const flag = new SharedArrayBuffer(4);
  new Int32Array(flag)[0] = 1;
  return flag;
}

/** Milliseconds from one query to the next, and in which all starts again: also a clock that is set back. */
const [STEP, ROUND] = [7, 100_000];

const limited: World = {
  ...everyday,
  name: "limited",
  isLimited: true,
  options() {
    let passed = 0;
    return {
      clock: () => NOON + ((passed += STEP) % ROUND),
      service: serviceOf({
        rateLimit: {
          rules: {
            responses: 5,
            nodata: 4,
            nxdomains: 3,
            referrals: 2,
            errors: 1,
            amplified: 6,
            all: 20,
            server: 100,
            window: 15,
            slip: 2,
            ipv4Prefix: 24,
            ipv6Prefix: 56,
            entries: 64,
            exempt: [cidr("2001:db8:de::/48")],
          },
          memory: createRateLimitTable(64, Uint32Array.of(1, 2), NOON),
        },
      }),
    };
  },
};

export const worlds: readonly World[] = [everyday, failing, large, talkative, limited];
