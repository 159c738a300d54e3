/** Whether an address is in one of a few networks that an operator lists: a few comparisons each. */
import { prefixMask, wordAt } from "../../shared/address-words.ts";
import type { IpPrefix } from "../../shared/ip-address.ts";

/** `words`: four of 32 bits, IPv4 in the first. */
export type IsListed = (family: 4 | 6, words: Uint32Array) => boolean;

export function isListed(prefixes: readonly IpPrefix[]): IsListed {
  const networks4 = networksOf(prefixes, 4);
  const networks6 = networksOf(prefixes, 6);
  return (family, words) => {
    const networks = family === 4 ? networks4 : networks6;
    const size = family === 4 ? 2 : 8;
    for (let at = 0; at < networks.length; at += size) {
      let difference = 0;
      for (let i = 0; i < size; i += 2) difference |= (words[i >> 1]! & networks[at + i + 1]!) ^ networks[at + i]!;
      if (difference === 0) return true;
    }
    return false;
  };
}

/** Word and mask in turn, for as many words as the family has. */
function networksOf(prefixes: readonly IpPrefix[], family: 4 | 6): Int32Array {
  return Int32Array.from(
    prefixes
      .filter(({ address }) => address.family === family)
      .flatMap(({ address: { octets }, length }) =>
        Array.from({ length: octets.length / 4 }, (_, i) => [wordAt(octets, i * 4), prefixMask(length, i)]).flat(),
      ),
  );
}
