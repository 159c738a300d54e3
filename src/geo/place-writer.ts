/** Gathers the distinct places of a leaf table while it is built, and writes them as shared columns. */
import type { Places } from "../routing/places.ts";
import type { Location } from "../routing/snapshot.ts";

export interface PlaceWriter {
  /** The index of the place of this location inside the network of this mark; `start` is one of its addresses. */
  readonly register: (location: Location, mark: number, start: Uint32Array, family: 4 | 6) => number;
  readonly finish: () => Places;
}

interface Gathered {
  readonly location: Location;
  readonly start: Uint32Array;
  readonly family: 4 | 6;
}

/** Locations are compared as objects: equal ones must be the same. */
export function placeWriter(): PlaceWriter {
  const gathered: Gathered[] = [];
  const indices: Map<Location, number>[] = [];
  return {
    register(location, mark, start, family) {
      const ofMark = (indices[mark] ??= new Map());
      let index = ofMark.get(location);
      if (index === undefined) {
        index = gathered.push({ location, start: start.slice(), family }) - 1;
        ofMark.set(location, index);
      }
      return index;
    },
    finish() {
      const count = gathered.length;
      const places: Places = {
        texts: [""],
        country: words(count),
        subdivision: words(count),
        source: words(count),
        latitude: degrees(count),
        longitude: degrees(count),
        family: new Uint8Array(new SharedArrayBuffer(count)),
        address: words(count * 4),
      };
      const indexOf = textIndex(places.texts as string[]);
      for (const [place, { location, start, family }] of gathered.entries()) {
        places.country[place] = indexOf(location.country);
        places.subdivision[place] = indexOf(location.subdivision);
        places.source[place] = indexOf(location.source);
        places.latitude[place] = location.point?.latitude ?? Number.NaN;
        places.longitude[place] = location.point?.longitude ?? Number.NaN;
        places.family[place] = family;
        places.address.set(start, place * 4);
      }
      return places;
    },
  };
}

/** Adds texts to the list as they come; undefined is the first one. */
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
