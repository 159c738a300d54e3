/** Who asks, as the transport knows it. */
export interface Peer {
  /** Fills four 32-bit words, IPv4 in the first, and returns the family. */
  readAddress(words: Uint32Array): 4 | 6;
  /** TCP: how long the connection may idle from now, in units of 100 ms (RFC 7828 section 3.1). UDP: -1. */
  readonly keepalive: number;
}
