/** A peer whose address Node gives as text; parsed only where a query names no client subnet. */
import { readWords } from "../../shared/address-words.ts";
import { parseIpAddress } from "../../shared/ip-address.ts";
import type { Peer } from "../answer/peer.ts";

export interface TextPeer extends Peer {
  address: string;
  keepalive: number;
}

export function textPeer(): TextPeer {
  return {
    address: "",
    keepalive: -1,
    readAddress(words) {
      // A link-local peer carries its interface: fe80::1%eth0.
      const [text] = this.address.split("%", 1);
      const address = parseIpAddress(text ?? "");
      words.fill(0);
      if (address === undefined) return 6;
      readWords(address.octets, 0, address.octets.length, words);
      return address.family;
    },
  };
}
