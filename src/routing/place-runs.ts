/**
 * The distinct places of long runs of leaves: whether a run is all of one class is asked of some dozen places instead of
 * thousands of leaves. The same for all geographies; a run's places are listed when first asked for.
 */
import type { Leaves } from "./leaf-table.ts";

export interface PlaceRuns {
  readonly leaves: Leaves;
  /** The places of run number `run` among those of a size; undefined = too many to be of use. */
  placesOf(size: number, run: number): readonly number[] | undefined;
}

/** Leaves of a run, the longest first; run number 0 begins at leaf 0. */
export const RUN_SIZES = [16_384, 1024, 64] as const;
export const [LONGEST_RUN, , SHORTEST_RUN] = RUN_SIZES;
/** A list of more than a quarter of the leaves saves little, and would take more memory than the leaves. */
const LONGEST_LIST = 1 / 4;

/** `places` is how many there are. */
export function createPlaceRuns(leaves: Leaves, places: number): PlaceRuns {
  const listsBySize = new Map<number, (readonly number[])[]>(RUN_SIZES.map((size) => [size, []]));
  /** By place: the last list it was put on. */
  const listed = new Uint32Array(places);
  let list = 0;

  const listOf = (first: number, size: number): readonly number[] => {
    list++;
    const found: number[] = [];
    for (let leaf = first; leaf < first + size; leaf++) {
      const place = leaves.places[leaf]!;
      if (listed[place] === list) continue;
      if (found.length === size * LONGEST_LIST) return TOO_MANY;
      listed[place] = list;
      found.push(place);
    }
    return found;
  };
  return {
    leaves,
    placesOf(size, run) {
      const lists = listsBySize.get(size)!;
      const found = (lists[run] ??= listOf(run * size, size));
      return found === TOO_MANY ? undefined : found;
    },
  };
}

const TOO_MANY: readonly number[] = [];
