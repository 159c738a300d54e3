/**
 * What tells places apart that one location is not enough for: the configured networks around them, by the marks of the
 * network tree, and the autonomous system. A mark of both is numbered behind those.
 */
import { NO_ASN } from "./record-asn.ts";

export interface PlaceMarks {
  /** The mark of a network of the tree where clients are of an autonomous system. */
  readonly of: (network: number, asn: number) => number;
  /** `NO_ASN` = none that is named. */
  readonly asnOf: (mark: number) => number;
}

/** `networks`: how many marks the network tree has. */
export function placeMarks(networks: number): PlaceMarks {
  const asns: number[] = [];
  const byNetwork = new Map<number, Map<number, number>>();
  return {
    of(network, asn) {
      let byAsn = byNetwork.get(network);
      if (byAsn === undefined) byNetwork.set(network, (byAsn = new Map()));
      let mark = byAsn.get(asn);
      if (mark === undefined) {
        mark = networks + asns.push(asn) - 1;
        byAsn.set(asn, mark);
      }
      return mark;
    },
    asnOf: (mark) => asns[mark - networks] ?? NO_ASN,
  };
}
