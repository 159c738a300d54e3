/** docs/steering.md section 6: who is chosen for a client where a profile is sticky. */
import { bitsOf, networkAround, type Address } from "./addresses.ts";
import type { Candidates } from "./candidates.ts";
import { decidingAddress } from "./places.ts";
import {
  chosenOf,
  keepsClients,
  membersOf,
  partsOf,
  scaled,
  sum,
  type Asked,
  type Chosen,
  type Part,
} from "./steering-model.ts";

function isSticky(asked: Asked, { profile }: Candidates): boolean {
  return asked.configuration.profiles[profile]!.sticky !== undefined;
}

function holdsSticky(asked: Asked, candidates: Candidates): boolean {
  return (
    isSticky(asked, candidates) ||
    candidates.tiers.flat().some(({ nested }) => nested !== undefined && holdsSticky(asked, nested))
  );
}

interface Option {
  readonly text: string;
  readonly share: number;
  readonly parts: () => readonly Part[];
}

/** What this client gets: chance is left only where no sticky profile decides. The shares add up to 1. */
export function partsForClient(asked: Asked, candidates: Candidates): readonly Part[] {
  const all = holdsSticky(asked, candidates) ? chosenOf(asked, candidates) : undefined;
  if (all === undefined) return partsOf(asked, candidates);
  const optionOf = (chosen: Chosen): Option => {
    const text = `${candidates.profile}/${chosen.member.endpoint.name}`;
    return { text, share: chosen.share, parts: () => partsOfMember(asked, candidates, chosen) };
  };
  const parts = (): readonly Part[] => oneOf(asked, candidates, all.members.map(optionOf));
  const trickles = all.trickles.map(optionOf);
  const share = trickles.reduce((left, trickle) => left - trickle.share, 1);
  return oneOf(asked, candidates, [{ text: `${candidates.profile}/`, share, parts }, ...trickles]);
}

function partsOfMember(asked: Asked, candidates: Candidates, { member, standIns }: Chosen): readonly Part[] {
  const parts =
    member.nested === undefined
      ? membersOf(asked, candidates.profile, [{ member, share: 1 }])[0]!
      : partsForClient(asked, member.nested);
  const lacks = sum(parts.filter(({ kind }) => kind === "nobody"));
  if (lacks === 0) return parts;
  const others = parts.filter(({ kind }) => kind !== "nobody");
  const found = standIns.find((addresses) => addresses.length > 0);
  const keeps = keepsClients(asked, candidates.profile);
  const instead: readonly Part[] =
    found === undefined
      ? [{ kind: keeps ? "decided" : "nobody", share: 1, answer: "NODATA" }]
      : oneOf(asked, candidates, byMember(asked, candidates, found, "instead "));
  return [...others, ...scaled(instead, lacks)];
}

/** What a profile gives of its addresses alone. */
function addressesOf(asked: Asked, candidates: Candidates): readonly Part[] {
  return oneOf(asked, candidates, byMember(asked, candidates, partsOf(asked, candidates).filter(isAddress), ""));
}

const isAddress = ({ kind }: Part): boolean => kind === "address";

/** Each member once, with all its addresses among these. */
function byMember(asked: Asked, { profile }: Candidates, parts: readonly Part[], before: string): readonly Option[] {
  return [...new Set(parts.map(({ by }) => by?.endpoint.name ?? ""))].map((name) => {
    const own = parts.filter(({ by }) => (by?.endpoint.name ?? "") === name);
    const nested = own[0]!.by?.nested;
    return {
      text: `${before}${profile}/${name}`,
      share: sum(own),
      parts: () => (nested === undefined ? scaled(own, 1 / sum(own)) : addressesOf(asked, nested)),
    };
  });
}

/** One of them where the profile is sticky, else each with its share. */
function oneOf(asked: Asked, candidates: Candidates, options: readonly Option[]): readonly Part[] {
  const possible = options.filter(({ share }) => share > 0);
  const all = possible.reduce((shares, { share }) => shares + share, 0);
  if (!isSticky(asked, candidates)) return possible.flatMap(({ share, parts }) => scaled(parts(), share / all));
  return possible[choice(asked, candidates.profile, possible)]!.parts();
}

function choice(asked: Asked, profile: string, options: readonly Option[]): number {
  const { sticky } = asked.configuration.profiles[profile]!;
  const { ipv4 = 24, ipv6 = 56 } = sticky === undefined || sticky === "client" ? {} : sticky;
  const address = decidingAddress(asked.configuration, asked.profile, asked.client);
  const network = octetsOf(address, address.family === 4 ? ipv4 : ipv6);
  const seeds: number[] = [];
  for (const { text } of options) {
    let seed = 0;
    while (seeds.includes(murmur(Buffer.from(text), seed))) seed++;
    seeds.push(murmur(Buffer.from(text), seed));
  }
  const lots = options.map(({ share }, i) => -Math.log((murmur(network, seeds[i]!) + 0.5) / 2 ** 32) / share);
  return lots.indexOf(Math.min(...lots));
}

function octetsOf(address: Address, length: number): Uint8Array {
  const { first, family } = networkAround(address, length);
  const size = bitsOf(family) / 8;
  return Uint8Array.from({ length: size }, (_, i) => Number((first >> BigInt((size - 1 - i) * 8)) & 0xffn));
}

const WORD = 0xffff_ffffn;
const turned = (word: bigint, bits: bigint): bigint => ((word << bits) | (word >> (32n - bits))) & WORD;
const times = (word: bigint, factor: bigint): bigint => (word * factor) & WORD;

/** MurmurHash3_x86_32. */
export function murmur(octets: Uint8Array, seed: number): number {
  let hash = BigInt(seed);
  for (let at = 0; at < octets.length; at += 4) {
    const word = [...octets.subarray(at, at + 4)].reduceRight((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
    hash ^= times(turned(times(word, 0xcc9e_2d51n), 15n), 0x1b87_3593n);
    if (at + 4 <= octets.length) hash = (turned(hash, 13n) * 5n + 0xe654_6b64n) & WORD;
  }
  hash ^= BigInt(octets.length);
  hash = times(hash ^ (hash >> 16n), 0x85eb_ca6bn);
  hash = times(hash ^ (hash >> 13n), 0xc2b2_ae35n);
  return Number(hash ^ (hash >> 16n));
}
