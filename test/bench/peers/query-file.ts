/**
 * The queries that dnsperf asks, in its binary format: each message behind its length in two octets, as on TCP. One
 * file with client subnets, all distinct and of networks that the database knows, and one with a plain query.
 */
import { writeFile } from "node:fs/promises";
import { queryPacket } from "../../support/query-packet.ts";
import type { BenchDatabase } from "./database.ts";
import type { Networks } from "./networks.ts";
import { NAME } from "./steering.ts";

const DISTINCT = 200_000;

/** Writes the file and returns its queries. */
export async function writeSubnetQueries(file: string, database: BenchDatabase): Promise<readonly Uint8Array[]> {
  const queries = subnetQueries(database);
  await writeFile(file, Buffer.concat(queries.flatMap(behindLength)));
  return queries;
}

export async function writePlainQuery(file: string): Promise<void> {
  await writeFile(file, Buffer.concat(behindLength(queryPacket({ name: NAME, edns: {} }))));
}

function behindLength(packet: Uint8Array): readonly Uint8Array[] {
  return [Uint8Array.of(packet.length >> 8, packet.length & 0xff), packet];
}

/** Three in four are an IPv4 /24, the others an IPv6 network of 48 to 56 bits. Every known network is as likely. */
function subnetQueries({ ipv4, ipv6 }: BenchDatabase): readonly Uint8Array[] {
  const random = seededRandom(1);
  const known = { 4: knownNetworks(ipv4, 32), 6: knownNetworks(ipv6, 56) };
  const seen = new Set<string>();
  const queries: Uint8Array[] = [];
  while (queries.length < DISTINCT) {
    const family = queries.length % 4 === 3 ? 6 : 4;
    const length = family === 4 ? 24 : 48 + Math.floor(random() * 9);
    const network = known[family][Math.floor(random() * known[family].length)]!;
    const octets = subnetInside(family === 4 ? ipv4 : ipv6, network, length, random);
    const key = `${length} ${octets.join(" ")}`;
    if (seen.has(key)) continue;
    seen.add(key);
    queries.push(subnetQuery(family, length, octets));
  }
  return queries;
}

/** RFC 7871 section 6: family, source and scope prefix length, and as many octets of the address as they need. */
export function subnetQuery(family: 4 | 6, length: number, octets: Uint8Array): Uint8Array {
  const query = templateFor(family, length, octets.length).slice();
  query.set(octets, query.length - octets.length);
  return query;
}

const templates = new Map<number, Uint8Array>();

/** The query with zeros for the address, which is the last of it. */
function templateFor(family: 4 | 6, length: number, octets: number): Uint8Array {
  const key = family * 256 + length;
  let template = templates.get(key);
  if (template === undefined) {
    const subnet = [0, family === 4 ? 1 : 2, length, 0, ...new Uint8Array(octets)];
    template = queryPacket({ name: NAME, ecs: Uint8Array.from(subnet) });
    templates.set(key, template);
  }
  return template;
}

/** Those with a record and at most so many bits. */
function knownNetworks({ count, lengths, known }: Networks, longest: number): readonly number[] {
  const found: number[] = [];
  for (let network = 0; network < count; network++) {
    if (known[network] === 1 && lengths[network]! <= longest) found.push(network);
  }
  return found;
}

/** A random network of `length` bits inside the network, or around one that is longer. */
function subnetInside(
  { high, low, lengths }: Networks,
  network: number,
  length: number,
  random: () => number,
): Uint8Array {
  const octets = new Uint8Array(Math.ceil(length / 8));
  for (let bit = 0; bit < length; bit++) {
    const word = (bit < 32 ? high : low)[network]!;
    const isSet = bit < lengths[network]! ? (word >>> (31 - (bit & 31))) & 1 : random() < 0.5 ? 0 : 1;
    octets[bit >> 3]! |= isSet << (7 - (bit & 7));
  }
  return octets;
}

/** Linear congruential (Numerical Recipes, section 7.1), so that each run asks the same. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
