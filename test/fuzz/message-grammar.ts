/** Messages by the grammar of RFC 1035 and 6891, with right and wrong values in every field. */
import { ednsOption, labelsName, octets, queryPacket, record, u16 } from "../support/query-packet.ts";
import type { Chance } from "./chance.ts";

/** With every meaning that a type can have for a server: data, none, a query alone, obsolete, unknown. */
const TYPES = [1, 28, 5, 2, 6, 12, 13, 15, 16, 33, 35, 39, 41, 43, 46, 47, 48, 50, 52, 64, 65, 99, 0, 65280, 65535];
const QUERY_TYPES = [249, 250, 251, 252, 253, 254, 255, 256, 257];
const CLASSES = [1, 1, 1, 1, 1, 1, 1, 1, 3, 4, 254, 255, 0, 65535];
const SIZES = [0, 1, 511, 512, 513, 1231, 1232, 1233, 1280, 1400, 4096, 65535];

export interface GrammarOptions {
  /** Names in wire form to ask for. */
  readonly names: readonly Uint8Array[];
}

/** A query as a client may send it; what is wrong with one in four is within its options. */
export function queryMessage({ names }: GrammarOptions, chance: Chance): Uint8Array {
  const { below, pick } = chance;
  return queryPacket({
    id: below(65536),
    // RD, CD, and the bits that a query does not use.
    flags: pick([0, 0, 0x0100, 0x0100, 0x0110, 0x0010, below(65536) & 0x07ff]),
    name: questionName(pick(names), chance),
    type: below(2) === 0 ? pick([1, 28, 16, 5]) : pick(below(3) === 0 ? QUERY_TYPES : TYPES),
    class: pick(CLASSES),
    ...(below(4) > 0 && {
      edns: { size: pick(SIZES), dnssecOk: below(2) === 0, data: soup(chance, below(4) === 0) },
    }),
  });
}

/** Any message: counts, records, versions and opcodes as they come. */
export function anyMessage({ names }: GrammarOptions, chance: Chance): Uint8Array {
  const { below, pick } = chance;
  if (below(20) === 0) return chance.octets(below(600));
  if (below(3) > 0) return queryMessage({ names }, chance);
  const records = Array.from({ length: below(4) }, () => anyRecord(chance));
  return queryPacket({
    id: below(65536),
    flags: below(3) === 0 ? below(65536) : 0x0100,
    opcode: below(6) === 0 ? below(16) : 0,
    name: below(8) === 0 ? oddName(chance) : questionName(pick(names), chance),
    type: below(4) === 0 ? below(65536) : pick(TYPES),
    class: pick(CLASSES),
    records,
    ...(below(3) > 0 && {
      edns: {
        size: below(65536),
        version: below(3) === 0 ? below(256) : 0,
        dnssecOk: below(2) === 0,
        ...(below(8) === 0 && { owner: oddName(chance) }),
        data: soup(chance, below(2) === 0),
      },
    }),
    ...(below(4) === 0 && { counts: [pick([0, 1, 1, 1, 2]), below(3), below(3), below(4)] as const }),
  });
}

/** In any case, sometimes with labels before it. */
function questionName(name: Uint8Array, chance: Chance): Uint8Array {
  const { below } = chance;
  let result = name;
  if (below(4) === 0) {
    for (let labels = 1 + below(3); labels > 0; labels--) {
      const size = 1 + below(below(8) === 0 ? 63 : 6);
      if (result.length + size + 1 <= 255) result = octets(Uint8Array.of(size), chance.octets(size), result);
    }
  }
  return below(3) === 0 ? inAnyCase(result, chance) : result;
}

/** Draft "Use of Bit 0x20 in DNS Labels": each letter in a case of its own. */
function inAnyCase(name: Uint8Array, { below }: Chance): Uint8Array {
  const result = name.slice();
  for (let at = 0; result[at]! > 0;) {
    const end = at + 1 + result[at]!;
    for (at++; at < end; at++)
      if ((result[at]! & 0xdf) >= 0x41 && (result[at]! & 0xdf) <= 0x5a) result[at]! ^= below(2) * 32;
  }
  return result;
}

function oddName(chance: Chance): Uint8Array {
  const { below, pick } = chance;
  return pick<() => Uint8Array>([
    () => Uint8Array.of(0xc0, pick([0, 11, 12, 13, 255])),
    () => Uint8Array.of(3, 0x61, 0x2e, 0x62, 0xc0, 12),
    () => labelsName(...Array.from({ length: 126 + below(3) }, () => [0x61])),
    () => labelsName(...[63, 63, 63, 60 + below(4)].map((size) => Array<number>(size).fill(0x2e))),
    () => Uint8Array.of(pick([0x40, 0x41, 0x80, 0xbf]), 0),
    () => Uint8Array.of(63),
  ])();
}

function anyRecord(chance: Chance): Uint8Array {
  const { below, pick } = chance;
  return record({
    owner: pick([Uint8Array.of(0), Uint8Array.of(0xc0, 12), oddName(chance)]),
    type: pick([1, 2, 6, 16, 41, 250, below(65536)]),
    class: pick([1, 1, 255, 254, 4096]),
    data: chance.octets(below(30)),
  });
}

/** EDNS options: those that are understood and some that are not; `wrong` lets them have any length and content. */
export function soup(chance: Chance, wrong: boolean): Uint8Array {
  return octets(...Array.from({ length: chance.below(5) }, () => anyOption(chance, wrong && chance.below(2) === 0)));
}

export function anyOption(chance: Chance, wrong: boolean): Uint8Array {
  const { below, pick } = chance;
  const code = pick([3, 8, 8, 8, 10, 10, 11, 12, 15, 0, 5, 9, 14, 65001, 65535]);
  if (!wrong) return ednsOption(code, (rightData[code] ?? anyData)(chance));
  const data =
    code === 8 && below(2) === 0 ? subnetAlmost(chance) : chance.octets(pick([0, 1, 2, 3, 4, 7, 9, 15, 41, 60]));
  const option = ednsOption(code, data);
  // Also a length that is not that of the data.
  return below(6) === 0 ? octets(u16(code), u16(pick([0, data.length + 1, 65535])), data) : option;
}

const anyData = (chance: Chance): Uint8Array => chance.octets(chance.below(24));

const rightData: Readonly<Record<number, (chance: Chance) => Uint8Array>> = {
  3: () => new Uint8Array(),
  8: subnet,
  10: (chance) => chance.octets(chance.pick([8, 16, 24, 32, 40, 16 + chance.below(25)])),
  11: () => new Uint8Array(),
  12: (chance) => new Uint8Array(chance.below(200)),
  15: (chance) => octets(u16(chance.below(30)), chance.octets(chance.below(10))),
};

/** Networks that the zones of the targets know, and any others. */
const SUBNETS: readonly (readonly [family: 1 | 2, start: readonly number[]])[] = [
  [1, [10]],
  [1, [10, 1, 2]],
  [1, [192, 168]],
  [2, [0x20, 0x01, 0x0d, 0xb8, 0, 0xde]],
  [2, [0x20, 0x02, 10]],
  [2, [0, 0x64, 0xff, 0x9b]],
  [2, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]],
];

function subnet(chance: Chance): Uint8Array {
  const { below, pick } = chance;
  if (below(12) === 0) return new Uint8Array(4);
  const [family, start] = pick(SUBNETS);
  const bits = family === 1 ? 32 : 128;
  const source = pick([0, 1, 8, 16, 24, 32, bits, below(bits + 1)]);
  const address = Uint8Array.from([...start, ...chance.octets(16)]).slice(0, Math.ceil(source / 8));
  if (source % 8 !== 0) address[address.length - 1]! &= 0xff00 >> (source % 8);
  return octets(Uint8Array.of(0, family, source, 0), address);
}

/** One field away from right. */
function subnetAlmost(chance: Chance): Uint8Array {
  const data = subnet(chance);
  data[chance.below(data.length)] = chance.pick([0, 1, 2, 3, 8, 24, 33, 129, 255]);
  return data;
}
