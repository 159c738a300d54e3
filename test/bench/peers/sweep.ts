/**
 * How many cache entries a resolver needs to know the answers for all of IPv4: asks for an address, skips the network
 * of the answer's ECS scope, and counts the networks (RFC 7871 section 7.3.1). The clients are single addresses, so
 * that no scope is cut short by the client's own prefix length.
 */
import { createAsker, type Asker } from "./asker.ts";
import type { Networks } from "./networks.ts";
import { seededRandom, subnetQuery } from "./query-file.ts";
import type { RunningServer } from "./run-server.ts";

export interface Sweep {
  readonly entries: number;
  /** Entries in the cache of a resolver that tells no more than 24 bits of its clients' addresses. */
  readonly entriesOf24: number;
  /** Networks that lie inside or around another one: one of the two answers is wrong for some clients. */
  readonly overlapping: number;
  /**
   * Networks that the database does not know, answered with scope 0, which is "for everybody": a resolver that asks
   * for one of them first gives that answer to all its clients. Not counted as entries.
   */
  readonly unknownForEverybody: number;
  /** Addresses unknown to the database whose answers are for one address alone. Not asked one by one, and not counted. */
  readonly unknownOneByOne: number;
  /** Of `checked` entries, those in which another address gets another answer or scope. */
  readonly wrong: number;
  readonly checked: number;
}

/** Networks of 7 bits that are swept at the same time; a server's receive buffer takes about 200 small datagrams. */
const BLOCKS = 128;
/** Entries that are asked a second time. */
const CHECKED = 2000;
const ALL = 2 ** 32;

export async function sweep(server: RunningServer, ipv4: Networks): Promise<Sweep> {
  const holes = unknownNetworks(ipv4);
  const holeAt = (address: number): Hole | undefined =>
    holes.find(({ first, next }) => first <= address && address < next);
  const asker = await createAsker(server);
  const entries = new Map<number, string>();
  let overlapping = 0;
  const forEverybody = new Set<Hole>();
  let unknownOneByOne = 0;

  const sweepBlock = async (first: number): Promise<void> => {
    const end = first + ALL / BLOCKS;
    for (let address = first; address < end;) {
      const { scope, answer } = await askFor(asker, address);
      const hole = holeAt(address);
      if (hole !== undefined && (scope === 0 || scope === 32)) {
        const next = Math.min(hole.next, end);
        if (scope === 0) forEverybody.add(hole);
        else unknownOneByOne += next - address;
        address = next;
        continue;
      }
      const size = 2 ** (32 - scope);
      const start = Math.floor(address / size) * size;
      if (start < address && address !== first) overlapping++;
      entries.set(scope * ALL + start, answer);
      address = start + size;
    }
  };

  try {
    await Promise.all(Array.from({ length: BLOCKS }, (_, block) => sweepBlock((block * ALL) / BLOCKS)));
    const known = [...entries].filter(([key]) => holeAt(key % ALL) === undefined);
    const checked = sampleOf(known);
    let wrong = 0;
    for (const [key, answer] of checked) {
      const scope = Math.floor(key / ALL);
      const inside = await askFor(asker, (key % ALL) + Math.floor(random() * 2 ** (32 - scope)));
      if (inside.scope !== scope || inside.answer !== answer) wrong++;
    }
    return {
      entries: entries.size,
      entriesOf24: new Set(Array.from(entries.keys(), cutTo24)).size,
      overlapping,
      unknownForEverybody: forEverybody.size,
      unknownOneByOne,
      wrong,
      checked: checked.length,
    };
  } finally {
    asker.close();
  }
}

interface Hole {
  /** The network's first address, and the one behind its last. */
  readonly first: number;
  readonly next: number;
}

function unknownNetworks({ count, high, lengths, known }: Networks): readonly Hole[] {
  const holes: Hole[] = [];
  for (let network = 0; network < count; network++) {
    if (known[network] === 0)
      holes.push({ first: high[network]!, next: high[network]! + 2 ** (32 - lengths[network]!) });
  }
  return holes;
}

const random = seededRandom(2);

function sampleOf<T>(all: readonly T[]): readonly T[] {
  if (all.length <= CHECKED) return all;
  return Array.from({ length: CHECKED }, () => all[Math.floor(random() * all.length)]!);
}

function cutTo24(key: number): number {
  return Math.floor(key / ALL) <= 24 ? key : 24 * ALL + Math.floor((key % ALL) / 256) * 256;
}

async function askFor(asker: Asker, address: number): Promise<{ scope: number; answer: string }> {
  const octets = Uint8Array.of(address >>> 24, address >>> 16, address >>> 8, address);
  const { scope, address: answer } = await asker.ask(subnetQuery(4, 32, octets));
  if (scope === undefined) throw new Error(`an answer without a client subnet, for ${octets.join(".")}`);
  return { scope, answer };
}
