/**
 * What waits for its probe: the planned starts, and the places for probes under way. Those that were silent at their last
 * probe, or never asked, have only a part of the places: else a hundred dead targets would keep the living ones waiting,
 * since each of them holds its place until the time-out. Each host has places of its own beside that, so that no host is
 * asked for all that it serves at once.
 */
import { createDueQueue } from "./due-queue.ts";

export interface StartQueue<T extends Waiting> {
  push(due: number, item: T): void;
  /** When the earliest item is due that may have a place; undefined: none has. */
  nextDue(): number | undefined;
  /** Takes the first item off that is due at `now` and has a place, and the place. */
  begin(now: number): Begun<T> | undefined;
  /** Gives the place of an item back. */
  end(begun: Pick<Begun<T>, "item" | "place">, now: number): void;
  /** Takes off all that wait; whoever has a place keeps it. */
  clear(): void;
}

export interface Waiting {
  /** Whether its last probe held its place until the time-out, or there was none. */
  readonly silent: boolean;
  /** Who is asked. */
  readonly host: string;
  /** How many of the probes of this host may be under way. */
  readonly placesOfHost: number;
}

export interface Begun<T> {
  readonly item: T;
  readonly due: number;
  readonly place: Place;
  /** For what it waited once it was due. */
  readonly waitedFor: "place" | "host" | undefined;
}

export type Place = "any" | "silent";

interface Entry<T> {
  readonly due: number;
  readonly item: T;
}

const SHARE_OF_SILENT = 3 / 4;

export function createStartQueue<T extends Waiting>(places: number): StartQueue<T> {
  const kinds = {
    any: { queue: createDueQueue<T>(), freedAt: Number.NEGATIVE_INFINITY },
    silent: { queue: createDueQueue<T>(), freedAt: Number.NEGATIVE_INFINITY },
  };
  const placesOfSilent = Math.max(1, Math.floor(places * SHARE_OF_SILENT));
  let taken = 0;
  let takenBySilent = 0;
  const takenAtHost = new Map<string, number>();
  /** Those that were due while their host had no place, the earliest first. */
  const waitingForHost = new Map<string, Entry<T>[]>();
  const waited = new Set<T>();

  const hasPlace = (kind: Place): boolean => taken < places && (kind === "any" || takenBySilent < placesOfSilent);
  const push = (due: number, item: T): void => kinds[item.silent ? "silent" : "any"].queue.push(due, item);

  /** The kind whose turn it is: of those with a place, the one whose first item is due earlier. */
  function nextKind(): Place | undefined {
    const due = (kind: Place): number => (hasPlace(kind) ? kinds[kind].queue.nextDue() : undefined) ?? Infinity;
    const any = due("any");
    const silent = due("silent");
    if (any === Infinity && silent === Infinity) return undefined;
    return any <= silent ? "any" : "silent";
  }

  return {
    push,
    nextDue() {
      const place = nextKind();
      return place && kinds[place].queue.nextDue();
    },
    begin(now) {
      for (;;) {
        const place = nextKind();
        const first = place && kinds[place].queue.popDue(now);
        if (first === undefined) return undefined;
        const { due, item } = first;
        const { host, placesOfHost } = item;
        const atHost = takenAtHost.get(host) ?? 0;
        if (atHost >= placesOfHost) {
          const others = waitingForHost.get(host);
          if (others === undefined) waitingForHost.set(host, [first]);
          else others.push(first);
          continue;
        }
        takenAtHost.set(host, atHost + 1);
        taken++;
        if (place === "silent") takenBySilent++;
        const forHost = waited.delete(item);
        return {
          item,
          due,
          place: place!,
          waitedFor: forHost ? "host" : kinds[place!].freedAt > due ? "place" : undefined,
        };
      }
    },
    end({ item: { host }, place }, now) {
      for (const kind of ["any", "silent"] as const) if (!hasPlace(kind)) kinds[kind].freedAt = now;
      taken--;
      if (place === "silent") takenBySilent--;
      const left = takenAtHost.get(host)! - 1;
      if (left === 0) takenAtHost.delete(host);
      else takenAtHost.set(host, left);
      const waiting = waitingForHost.get(host);
      const next = waiting?.shift();
      if (waiting?.length === 0) waitingForHost.delete(host);
      if (next === undefined) return;
      waited.add(next.item);
      push(next.due, next.item);
    },
    clear() {
      kinds.any.queue.clear();
      kinds.silent.queue.clear();
      waitingForHost.clear();
      waited.clear();
    },
  };
}
