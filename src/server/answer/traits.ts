/**
 * What an answer depends on of the way that its query came. A transport is its traits: whoever answers knows none by
 * name, so a new transport is a new row and no new case.
 */
import { MOST_UDP } from "../../wire/encode-opt.ts";
import { TCP_SIZE } from "../../wire/encode-response.ts";

export interface Traits {
  /** Messages follow each other in one connection, each behind its length; else each is a datagram. */
  readonly stream: boolean;
  /** Whoever is at the client's address has taken part in a handshake: nobody else's is flooded with the answers. */
  readonly provesAddress: boolean;
  /** Octets of the longest message; a datagram's may be less, as its client and the configuration say. */
  readonly longest: number;
}

export const UDP: Traits = { stream: false, provesAddress: false, longest: MOST_UDP };
export const TCP: Traits = { stream: true, provesAddress: true, longest: TCP_SIZE };
