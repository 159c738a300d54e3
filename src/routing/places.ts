/**
 * The distinct places of a leaf table, column by column: a city database has hundreds of thousands, and all workers
 * share one copy of them. A place is what is known of its clients, and an address that is in the same configured
 * networks as they are.
 */
import { addressOfWords } from "../shared/address-words.ts";
import type { Grouping } from "../shared/regions/groupings.ts";
import type { Client } from "./order.ts";

/** Columns of equal length, in shared memory. */
export interface Places {
  /** Codes of regions and sources; the first is "", which stands for unknown. */
  readonly texts: readonly string[];
  /** Indices of `texts`. */
  readonly country: Uint32Array;
  /** The codes of one place are one text, with a space between them. */
  readonly subdivisions: Uint32Array;
  readonly grouping: Uint32Array;
  readonly source: Uint32Array;
  /** Numbers of autonomous systems; 0 = none that an endpoint names. */
  readonly asn: Uint32Array;
  /** Degrees; NaN = unknown. */
  readonly latitude: Float64Array;
  readonly longitude: Float64Array;
  /** 4 or 6. */
  readonly family: Uint8Array;
  /** Four 32-bit words a place, IPv4 in the first. */
  readonly address: Uint32Array;
  /** 1 = a network of private addresses, which no own network places. */
  readonly isPrivate: Uint8Array;
}

/** A client at the place: itself, or by its resolver, which is there. */
export function placeAt(places: Places, place: number, placedBy: Client["placedBy"] = "client"): Client {
  const text = (column: Uint32Array): string => places.texts[column[place]!]!;
  const latitude = places.latitude[place]!;
  const family = places.family[place] === 4 ? 4 : 6;
  return {
    address: addressOfWords(family, places.address.subarray(place * 4)),
    location: {
      country: text(places.country) || undefined,
      subdivisions: text(places.subdivisions).split(" ").filter(Boolean),
      grouping: (text(places.grouping) || undefined) as Grouping | undefined,
      point: Number.isNaN(latitude) ? undefined : { latitude, longitude: places.longitude[place]! },
      asn: places.asn[place]! || undefined,
      source: text(places.source),
    },
    placedBy,
  };
}
