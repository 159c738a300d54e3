/** Gathers the distinct places of a leaf table while it is built, and writes them as shared columns. */
import type { Places } from "../routing/places.ts";
import type { Location } from "../routing/snapshot.ts";
import { isPrivate } from "./special-purpose.ts";

export interface PlaceWriter {
  /** The index of the place of this location at this mark; `start` is one of its addresses. */
  readonly register: (location: Location, mark: number, start: Uint32Array, family: 4 | 6) => number;
  readonly finish: () => Places;
}

/** Locations are compared as objects: equal ones must be the same. `asnOf`: the autonomous system of a mark. */
export function placeWriter(asnOf: (mark: number) => number): PlaceWriter {
  const locations: Location[] = [];
  const asns: number[] = [];
  const families: number[] = [];
  const addresses: number[] = [];
  const indices: Map<Location, number>[] = [];
  return {
    register(location, mark, start, family) {
      const ofMark = (indices[mark] ??= new Map());
      let index = ofMark.get(location);
      if (index === undefined) {
        index = locations.push(location) - 1;
        ofMark.set(location, index);
        asns.push(asnOf(mark));
        families.push(family);
        for (let word = 0; word < 4; word++) addresses.push(start[word] ?? 0);
      }
      return index;
    },
    finish() {
      const count = locations.length;
      const places: Places = {
        texts: [""],
        country: words(count),
        subdivisions: words(count),
        grouping: words(count),
        source: words(count),
        asn: words(count),
        latitude: degrees(count),
        longitude: degrees(count),
        family: new Uint8Array(new SharedArrayBuffer(count)),
        address: words(count * 4),
        isPrivate: new Uint8Array(new SharedArrayBuffer(count)),
      };
      const indexOf = textIndex(places.texts as string[]);
      for (const [place, location] of locations.entries()) {
        places.country[place] = indexOf(location.country);
        places.subdivisions[place] = indexOf(location.subdivisions.join(" "));
        places.grouping[place] = indexOf(location.grouping);
        places.source[place] = indexOf(location.source);
        places.latitude[place] = location.point?.latitude ?? Number.NaN;
        places.longitude[place] = location.point?.longitude ?? Number.NaN;
        places.isPrivate[place] = isPrivate(location) ? 1 : 0;
      }
      places.asn.set(asns);
      places.family.set(families);
      places.address.set(addresses);
      return places;
    },
  };
}

/** The index of each text, which is added to the list when it first comes; undefined is the first one. */
function textIndex(texts: string[]): (text: string | undefined) => number {
  const known = new Map<string, number>();
  return (text) => {
    if (text === undefined) return 0;
    let index = known.get(text);
    if (index === undefined) {
      index = texts.push(text) - 1;
      known.set(text, index);
    }
    return index;
  };
}

function words(count: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(count * Uint32Array.BYTES_PER_ELEMENT));
}

function degrees(count: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(count * Float64Array.BYTES_PER_ELEMENT));
}
