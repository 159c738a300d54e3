/** Distinct questions with a client subnet, each with what must be answered. */
import type { Snapshot } from "../../src/routing/snapshot.ts";
import { networkOf, type IpAddress, type IpPrefix } from "../../src/shared/ip-address.ts";
import type { Chance } from "../fuzz/chance.ts";
import { addressOfNumber, numberOf } from "../support/leaf-tables.ts";
import { queryPacket } from "../support/query-packet.ts";
import { ipv6Form, IPV4_FORMS } from "../support/ipv4-inside.ts";
import type { Expected, ExpectedOf } from "./expected.ts";

export interface Question {
  /** Name and subnet, as an answer repeats them. */
  readonly key: string;
  readonly packet: Uint8Array;
  /** By database. */
  readonly expected: readonly Expected[];
}

interface Parts {
  readonly snapshot: Snapshot;
  readonly networks: readonly IpPrefix[];
  /** By database. */
  readonly expectedOf: readonly ExpectedOf[];
  /** Bits of a subnet that the server uses. */
  readonly longest: { readonly ipv4: number; readonly ipv6: number };
  readonly chance: Chance;
}

export type QuestionsOf = (count: number) => readonly Question[];

export function createQuestions({ snapshot, networks, expectedOf, longest, chance }: Parts): QuestionsOf {
  /** In a network of the database, seldom anywhere around those. */
  const anyAddress = (): IpAddress => {
    const isKnown = chance.below(20) > 0;
    const network = chance.pick(networks);
    const length = isKnown ? network.length : network.address.family === 4 ? 3 : 16;
    return addressIn(networkOf(network.address, length), chance);
  };
  const subnet = (): IpPrefix => {
    const plain = anyAddress();
    if (plain.family === 4 && chance.below(20) === 0) {
      const form = chance.pick(IPV4_FORMS);
      return networkOf(ipv6Form(form, plain), form.inverted ? 128 : form.offset + chance.pick([24, 32]));
    }
    return networkOf(plain, chance.pick(plain.family === 4 ? [24, 24, 24, 32, 32, 22, 28] : [48, 56, 64, 128]));
  };
  const words = new Uint32Array(4);
  return (count) => {
    const questions = new Map<string, Question>();
    while (questions.size < count) {
      const { id: profile, names } = chance.pick(snapshot.profiles);
      const [name] = names as [string];
      const { address, length } = subnet();
      const { family, octets } = address;
      const told = octets.subarray(0, Math.ceil(length / 8));
      const ecs = Uint8Array.of(0, family === 4 ? 1 : 2, length, 0, ...told);
      const key = questionKey(name, `${ecs[1]} ${length} 0 ${Buffer.from(told).toString("hex")}`);
      if (questions.has(key)) continue;
      const most = family === 4 ? longest.ipv4 : longest.ipv6;
      const used = new DataView(networkOf(address, Math.min(length, most)).address.octets.buffer);
      for (let word = 0; word < octets.length / 4; word++) words[word] = used.getUint32(word * 4);
      const expected = expectedOf.map((of) => {
        const { scope, addresses } = of(profile, family, words);
        return { scope: Math.min(scope, most), addresses };
      });
      questions.set(key, { key, packet: queryPacket({ name, ecs }), expected });
    }
    return [...questions.values()];
  };
}

/** `ecs` as `readMessage` gives it; the scope is no part of the key. */
export function questionKey(name: string, ecs: string): string {
  const [family, source, , octets] = ecs.split(" ");
  return `${name} ${family} ${source} ${octets}`;
}

function addressIn({ address, length }: IpPrefix, chance: Chance): IpAddress {
  const size = address.octets.length * 8;
  const any = numberOf({ ...address, octets: chance.octets(address.octets.length) });
  return addressOfNumber(address.family, numberOf(address) | (any & ((1n << BigInt(size - length)) - 1n)));
}
