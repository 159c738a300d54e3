import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { textPeer } from "../../src/server/text-peer.ts";
import type { Transport } from "../../src/telemetry/counter-totals.ts";
import { testAnswerer } from "../support/answerer.ts";
import {
  clientSubnet,
  ednsOption,
  labelsName,
  octets,
  optRecord,
  queryPacket,
  record,
} from "../support/query-packet.ts";
import type { Message } from "../support/read-message.ts";
import { ip, ZONE, zoneOf, type SnapshotSpec } from "../support/snapshot.ts";

const CASES = 100_000;
/** Any number does; a fixed one makes a failure come again. */
const SEED = 20_260_731;

const OPT_SIZE = 11;
const LONG_TEXT = Array.from({ length: 20 }, () => new Uint8Array(200).fill(0x78));

const SPEC: SnapshotSpec = {
  networks: { germany: { cidrs: ["10.0.0.0/8", "2001:db8:de::/48"], country: "DE" } },
  profiles: {
    shop: { endpoints: { a: { address: ["192.0.2.1", "2001:db8::1"] }, b: { host: "edge.example.net" } } },
    geo: {
      method: "geographic",
      endpoints: { de: { regions: ["DE"] }, world: { address: ["2001:db8::2"], regions: ["WORLD"] } },
    },
    near: { method: "performance", endpoints: { de: { at: "DE" }, br: { at: "BR" } } },
    some: { method: "weighted", endpoints: { a: {}, outer: { nested: "geo" } } },
    off: { enabled: false, endpoints: { a: {} } },
  },
  zones: [
    zoneOf(ZONE, [
      { owner: ZONE, type: "TXT", ttl: 300, records: [{ type: "TXT", strings: LONG_TEXT }] },
      { owner: `*.wild.${ZONE}`, type: "CNAME", ttl: 300, records: [{ type: "CNAME", target: "example.net" }] },
      { owner: `sub.${ZONE}`, type: "NS", ttl: 300, records: [{ type: "NS", target: `ns.sub.${ZONE}` }] },
      { owner: `ns.sub.${ZONE}`, type: "A", ttl: 300, records: [{ type: "A", address: ip("192.0.2.54") }] },
    ]),
    zoneOf(`a.b.${ZONE}`),
  ],
};

const server = testAnswerer(SPEC);

const names = ["shop", "geo", "near", "some", "off", "x.wild", "y.sub", "x.a.b", "b", "nothing"].map(
  (name) => `${name}.${ZONE}`,
);

/** What the mutations start from. */
const models: readonly Uint8Array[] = [
  ...[...names, ZONE, "", "example.org"].map((name) => queryPacket({ name })),
  ...names.map((name) => queryPacket({ name, type: 28, ecs: clientSubnet("10.1.2.0/24"), flags: 0x0110 })),
  ...names.map((name) => queryPacket({ name, ecs: clientSubnet("2001:db8:de:1200::/56"), edns: { size: 4096 } })),
  ...[1, 2, 5, 6, 16, 41, 251, 252, 255, 257].map((type) =>
    queryPacket({ name: ZONE, type, edns: { dnssecOk: true } }),
  ),
  queryPacket({ name: labelsName(...Array.from({ length: 127 }, () => [0x61])), ecs: clientSubnet("2001:db8::1/128") }),
  queryPacket({ name: labelsName(...[63, 63, 63, 61].map((size) => Array<number>(size).fill(0x2e))) }),
  queryPacket({ records: [record({ owner: Uint8Array.of(0xc0, 12), type: 1 }), optRecord()], counts: [1, 1, 0, 1] }),
  queryPacket({
    edns: {
      data: octets(
        ednsOption(10, new Uint8Array(8)),
        ednsOption(8, clientSubnet("10.0.0.0/8")),
        ednsOption(12, new Uint8Array(20)),
      ),
    },
  }),
  queryPacket({ opcode: 4, type: 6 }),
  queryPacket({ edns: { version: 1 } }),
];

/** xorshift32 (Marsaglia, Journal of Statistical Software 8(14), 2003): the same numbers for the same seed. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * below);
  };
}

type Below = ReturnType<typeof chance>;

const NASTY_OCTETS = [0, 1, 2, 8, 12, 16, 32, 33, 41, 63, 64, 0x7f, 0x80, 0xbf, 0xc0, 0xff];

const mutations: readonly ((packet: number[], below: Below) => void)[] = [
  (packet, below) => void (packet[below(packet.length)]! ^= 1 << below(8)),
  (packet, below) => void (packet[below(packet.length)] = NASTY_OCTETS[below(NASTY_OCTETS.length)]!),
  (packet, below) => void (packet[below(packet.length)] = below(256)),
  // In the header, where every bit has a meaning.
  (packet, below) => void (packet[2 + below(10)] = below(4)),
  (packet, below) =>
    void packet.splice(below(packet.length + 1), 0, ...Array.from({ length: 1 + below(8) }, () => below(256))),
  (packet, below) => void packet.splice(below(packet.length), 1 + below(8)),
  (packet, below) => void packet.splice(below(packet.length)),
  (packet, below) => {
    const start = below(packet.length);
    packet.splice(below(packet.length + 1), 0, ...packet.slice(start, start + below(40)));
  },
  (packet, below) => {
    const other = models[below(models.length)]!;
    packet.splice(below(packet.length), packet.length, ...other.subarray(below(other.length)));
  },
];

function mutated(below: Below): Uint8Array {
  if (below(20) === 0) return Uint8Array.from({ length: below(600) }, () => below(256));
  const packet = [...models[below(models.length)]!];
  for (let count = below(4); count > 0 && packet.length > 0; count--)
    mutations[below(mutations.length)]!(packet, below);
  return Uint8Array.from(packet);
}

/** Throws where the answer to a packet is not one that the RFCs allow. */
function check(packet: Uint8Array, transport: Transport): Message | undefined {
  const { message } = server.ask(packet, { transport, peer: "10.1.1.1" });
  if (server.exceptions.length > 0) throw server.exceptions[0];
  if (message === undefined) {
    if (packet.length >= 12 && packet[2]! < 0x80) throw new Error("silence for a query");
    return undefined;
  }
  const { id, flags, rcode, size, edns, question } = message;
  if (id !== ((packet[0]! << 8) | packet[1]!)) throw new Error(`id ${id}`);
  if (!/^qr( aa)?( tc)?( rd)?( cd)?$/.test(flags)) throw new Error(`flags ${flags}`);
  if (flags.includes("rd") !== ((packet[2]! & 1) !== 0)) throw new Error("RD is not as asked");
  if (message.opcode !== ((packet[2]! >> 3) & 0xf)) throw new Error(`opcode ${message.opcode}`);
  if (![0, 1, 2, 3, 4, 5, 16].includes(rcode)) throw new Error(`rcode ${rcode}`);
  if (transport === "udp" && size > (edns === undefined ? 512 : 1232)) throw new Error(`${size} octets over UDP`);
  const isError = rcode !== 0 && rcode !== 3;
  if (isError && size > packet.length + OPT_SIZE) throw new Error(`an error of ${size} octets for ${packet.length}`);
  if (rcode === 0 && question === undefined) throw new Error("an answer without its question");
  return message;
}

describe("any packet", () => {
  test(`gets an answer that the RFCs allow, or silence: ${CASES} cases`, () => {
    const below = chance(SEED);
    const rcodes = new Map<number | undefined, number>();
    for (let i = 0; i < CASES; i++) {
      const packet = mutated(below);
      const before = packet.slice();
      try {
        const rcode = check(packet, below(4) === 0 ? "tcp" : "udp")?.rcode;
        rcodes.set(rcode, (rcodes.get(rcode) ?? 0) + 1);
        if (Buffer.compare(packet, before) !== 0) throw new Error("the packet was changed");
      } catch (cause) {
        throw new Error(`case ${i}: ${Buffer.from(before).toString("hex")}`, { cause });
      }
    }
    // The mutations reach every outcome often, or they prove nothing.
    for (const rcode of [undefined, 0, 1, 3, 4, 5, 16]) expect(rcodes.get(rcode)).toBeGreaterThan(CASES / 1000);
  });

  test("is read no further than its length", () => {
    const below = chance(SEED + 1);
    const { answerer } = testAnswerer(SPEC);
    const peer = textPeer();
    const buffer = new Uint8Array(4096);
    const [out, expected] = [new Uint8Array(65_535), new Uint8Array(65_535)];
    for (let i = 0; i < CASES / 10; i++) {
      const packet = mutated(below);
      for (const filling of [0, 0xc0, 0xff]) {
        buffer.fill(filling).set(packet);
        const size = answerer(buffer, packet.length, peer, out, "udp");
        expect(size).toBe(answerer(packet, packet.length, peer, expected, "udp"));
        expect(Buffer.compare(out.subarray(0, size), expected.subarray(0, size))).toBe(0);
      }
    }
  });
});

const CORPUS = path.join(import.meta.dirname, "corpus");
const RCODES: Readonly<Record<string, number | undefined>> = {
  drop: undefined,
  noerror: 0,
  formerr: 1,
  nxdomain: 3,
  notimp: 4,
  refused: 5,
  badvers: 16,
};

/** Packets that broke a server once, ours or another: `<outcome>-<what it is>.hex`. */
describe("the corpus", () => {
  const files = readdirSync(CORPUS).filter((file) => file.endsWith(".hex"));

  test.for(files)("%s", (file) => {
    const packet = Uint8Array.from(
      Buffer.from(readFileSync(path.join(CORPUS, file), "utf8").replaceAll(/\s/g, ""), "hex"),
    );
    const outcome = file.split("-")[0]!;
    expect(Object.keys(RCODES)).toContain(outcome);
    for (const transport of ["udp", "tcp"] as const) expect(check(packet, transport)?.rcode).toBe(RCODES[outcome]);
  });

  test("is not empty", () => {
    expect(files.length).toBeGreaterThan(20);
  });
});
