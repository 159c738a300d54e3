/**
 * What waits for its probe: the planned starts, and the places for probes under way. Those that were silent at their last
 * probe, or never asked, have only a part of the places: else a hundred dead targets would keep the living ones waiting,
 * since each of them holds its place until the time-out.
 */
import { createDueQueue } from "./due-queue.ts";

export interface StartQueue<T extends Waiting> {
  push(due: number, item: T): void;
  /** When the earliest item is due that has a place; undefined: none has. */
  nextDue(): number | undefined;
  /** Takes that item off if it is due at `now`, and a place for it. */
  begin(now: number): Begun<T> | undefined;
  /** Gives a place back. */
  end(place: Place, now: number): void;
  /** Takes off all that wait; whoever has a place keeps it. */
  clear(): void;
}

export interface Waiting {
  /** Whether its last probe held its place until the time-out, or there was none. */
  readonly silent: boolean;
}

export interface Begun<T> {
  readonly item: T;
  readonly due: number;
  readonly place: Place;
  /** Whether it was due and there was no place. */
  readonly waited: boolean;
}

export type Place = "any" | "silent";

const SHARE_OF_SILENT = 3 / 4;

export function createStartQueue<T extends Waiting>(places: number): StartQueue<T> {
  const kinds = {
    any: { queue: createDueQueue<T>(), freedAt: Number.NEGATIVE_INFINITY },
    silent: { queue: createDueQueue<T>(), freedAt: Number.NEGATIVE_INFINITY },
  };
  const placesOfSilent = Math.max(1, Math.floor(places * SHARE_OF_SILENT));
  let taken = 0;
  let takenBySilent = 0;

  const hasPlace = (kind: Place): boolean => taken < places && (kind === "any" || takenBySilent < placesOfSilent);

  /** The kind whose turn it is: of those with a place, the one whose first item is due earlier. */
  function nextKind(): Place | undefined {
    const due = (kind: Place): number => (hasPlace(kind) ? kinds[kind].queue.nextDue() : undefined) ?? Infinity;
    const any = due("any");
    const silent = due("silent");
    if (any === Infinity && silent === Infinity) return undefined;
    return any <= silent ? "any" : "silent";
  }

  return {
    push: (due, item) => kinds[item.silent ? "silent" : "any"].queue.push(due, item),
    nextDue() {
      const place = nextKind();
      return place && kinds[place].queue.nextDue();
    },
    begin(now) {
      const place = nextKind();
      const first = place && kinds[place].queue.popDue(now);
      if (first === undefined) return undefined;
      taken++;
      if (place === "silent") takenBySilent++;
      return { ...first, place: place!, waited: kinds[place!].freedAt > first.due };
    },
    end(place, now) {
      for (const kind of ["any", "silent"] as const) if (!hasPlace(kind)) kinds[kind].freedAt = now;
      taken--;
      if (place === "silent") takenBySilent--;
    },
    clear() {
      kinds.any.queue.clear();
      kinds.silent.queue.clear();
    },
  };
}
