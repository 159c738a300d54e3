/**
 * A long list as octets in shared memory, in slices of bounded weight: written once, where the list is made, and read by
 * every thread for itself. Who must not be held up reads it slice by slice.
 */
import { deserialize, serialize } from "node:v8";

/** Each is an array of items, of the type T. */
export type Slices<T> = readonly (Uint8Array & { readonly items?: T })[];

/** Objects in a slice, about: reading them takes a few milliseconds. */
const HEAVIEST = 250;

/** `weigh`: how many objects an item is. What items of a slice share is one object for the reader too. */
export function toSlices<T>(items: readonly T[], weigh: (item: T) => number): Slices<T> {
  const slices: T[][] = [];
  let weight = HEAVIEST;
  for (const item of items) {
    if (weight >= HEAVIEST) {
      slices.push([]);
      weight = 0;
    }
    slices.at(-1)!.push(item);
    weight += weigh(item);
  }
  return slices.map((slice) => inSharedMemory(serialize(slice)));
}

export function fromSlices<T>(slices: Slices<T>): readonly T[] {
  const items: T[] = [];
  for (const slice of slices) for (const item of deserialize(slice) as T[]) items.push(item);
  return items;
}

/** The same with a turn of the event loop after each slice. */
export async function fromSlicesInTurns<T>(slices: Slices<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for (const slice of slices) {
    for (const item of deserialize(slice) as T[]) items.push(item);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return items;
}

function inSharedMemory(octets: Uint8Array): Uint8Array {
  const made = new Uint8Array(new SharedArrayBuffer(octets.length));
  made.set(octets);
  return made;
}
