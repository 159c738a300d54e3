/**
 * IPv6 addresses with an IPv4 address inside (the forms of `shared/ipv4-forms.ts`): clients are looked up as that
 * address, since no database knows more of the IPv6 form. Addresses are four 32-bit words, as in `find-leaf.ts`; bits
 * that were not given are 0.
 */
/** Bits in front of the IPv4 address inside; 0 = none inside. */
export function ipv4Offset(words: Uint32Array): number {
  const high = words[0]!;
  if (high === 0) return words[1] === 0 && words[2] === 0xffff ? 96 : 0;
  if (high >>> 16 === 0x2002) return 16;
  if (high === 0x20010000) return 96;
  if (high === 0x0064ff9b) return words[1] === 0 && words[2] === 0 ? 96 : 0;
  return 0;
}

/** The IPv4 address inside an address that has one. */
export function ipv4Inside(words: Uint32Array): number {
  if (words[0]! >>> 16 === 0x2002) return ((words[0]! << 16) | (words[1]! >>> 16)) >>> 0;
  // RFC 4380 section 4: the obfuscated client address, each bit reversed.
  return words[0] === 0x20010000 ? ~words[3]! >>> 0 : words[3]!;
}
