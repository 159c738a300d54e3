/**
 * Ids that grow with time: an entry's is at least its time, in milliseconds, × 1024. Newest first is then the order of
 * ids, and "since" a lower bound of them, without an index on time. Where the clock has been set back ids go on from
 * the highest, so that order is the order of arrival.
 */

const PER_MILLISECOND = 1024;

/** No entry at this time or later has a lower id. */
export function lowestIdAt(at: number): number {
  return Math.floor(at) * PER_MILLISECOND;
}

/** `last`: the highest id that there is; undefined = none. */
export function createEntryIds(last: number | undefined): (at: number) => number {
  let highest = last ?? 0;
  return (at) => {
    highest = Math.max(lowestIdAt(at), highest + 1);
    return highest;
  };
}
