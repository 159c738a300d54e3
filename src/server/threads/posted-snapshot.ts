/**
 * A snapshot as octets in shared memory, in slices of few endpoints each: written once, where it is made, and read by
 * every thread for itself. Who must not be held up reads it slice by slice.
 */
import { deserialize, serialize } from "node:v8";
import type { Profile, Snapshot } from "../../routing/snapshot.ts";

export interface PostedSnapshot {
  /** Each an array of profiles. */
  readonly profiles: readonly Uint8Array[];
  readonly rest: Uint8Array;
}

type Rest = Omit<Snapshot, "profiles" | "endpoints">;

/** Endpoints of a slice: reading one takes a few milliseconds. */
const SLICE = 250;

export function postSnapshot({ profiles, monitors, networks }: Snapshot): PostedSnapshot {
  const slices: Profile[][] = [];
  let size = SLICE;
  for (const profile of profiles) {
    if (size >= SLICE) {
      slices.push([]);
      size = 0;
    }
    slices.at(-1)!.push(profile);
    size += 1 + profile.endpoints.length;
  }
  return { profiles: slices.map(shared), rest: shared({ monitors, networks } satisfies Rest) };
}

export function readSnapshot(posted: PostedSnapshot): Snapshot {
  const reading = readInSlices(posted);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
  }
}

/** The snapshot; yields after each slice. */
export function* readInSlices({ profiles: slices, rest }: PostedSnapshot): Generator<void, Snapshot> {
  const profiles: Profile[] = [];
  for (const slice of slices) {
    for (const profile of deserialize(slice) as Profile[]) profiles.push(profile);
    yield;
  }
  return {
    ...(deserialize(rest) as Rest),
    profiles,
    endpoints: profiles.flatMap(({ endpoints }) => endpoints),
  };
}

function shared(value: unknown): Uint8Array {
  const octets = serialize(value);
  const made = new Uint8Array(new SharedArrayBuffer(octets.length));
  made.set(octets);
  return made;
}
