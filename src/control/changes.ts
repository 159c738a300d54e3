/** What one generation has changed of the one before: profiles, endpoints and zones, by name. */
import type { LogFields } from "../shared/ports.ts";
import type { Changed, Changes } from "./control.ts";

/** All that is compared of a generation. */
export interface Described {
  readonly profiles: readonly DescribedProfile[];
  readonly digests: Digests;
  readonly zones: readonly { readonly name: string; readonly digest: string }[];
}

export interface DescribedProfile {
  readonly id: number;
  readonly name: string;
  readonly endpoints: readonly { readonly id: number; readonly name: string }[];
}

/** By id: numbers that are others when something of it has changed, its name and what is in it aside. */
export interface Digests {
  readonly profiles: Float64Array;
  readonly endpoints: Float64Array;
}

/** Profiles that are compared between two turns. */
const SLICE = 2000;

/** In turns: a caller that must not be held up lets others go first at each `yield`. */
export function* changesBetween(before: Described, after: Described): Generator<undefined, Changes> {
  const profiles = newChanged();
  const endpoints = newChanged();
  const known = new Map(before.profiles.map((profile) => [profile.name, profile]));
  yield;
  for (const [index, profile] of after.profiles.entries()) {
    if (index % SLICE === SLICE - 1) yield;
    const { id, name } = profile;
    const old = known.get(name);
    known.delete(name);
    if (old === undefined) profiles.added.push(name);
    else if (before.digests.profiles[old.id] !== after.digests.profiles[id]) profiles.changed.push(name);
    compareEndpoints(old, profile, before.digests, after.digests, endpoints);
  }
  yield;
  for (const { name, endpoints: removed } of known.values()) {
    profiles.removed.push(name);
    for (const endpoint of removed) endpoints.removed.push(`${name}/${endpoint.name}`);
  }
  yield;
  return { profiles, endpoints, zones: compareZones(before.zones, after.zones) };
}

type Growing = { -readonly [Key in keyof Changed]: string[] };

function newChanged(): Growing {
  return { added: [], removed: [], changed: [] };
}

function compareEndpoints(
  old: DescribedProfile | undefined,
  { name: profile, endpoints }: DescribedProfile,
  before: Digests,
  after: Digests,
  found: Growing,
): void {
  const known = old?.endpoints ?? [];
  const compare = (name: string, oldId: number, id: number): void => {
    if (before.endpoints[oldId] !== after.endpoints[id]) found.changed.push(`${profile}/${name}`);
  };
  // Most profiles have the endpoints that they had.
  if (known.length === endpoints.length && known.every(({ name }, i) => name === endpoints[i]!.name)) {
    for (const [i, { name, id }] of endpoints.entries()) compare(name, known[i]!.id, id);
    return;
  }
  const left = new Map(known.map(({ name, id }) => [name, id]));
  for (const { name, id } of endpoints) {
    const oldId = left.get(name);
    left.delete(name);
    if (oldId === undefined) found.added.push(`${profile}/${name}`);
    else compare(name, oldId, id);
  }
  for (const name of left.keys()) found.removed.push(`${profile}/${name}`);
}

function compareZones(before: Described["zones"], after: Described["zones"]): Changed {
  const found = newChanged();
  const left = new Map(before.map(({ name, digest }) => [name, digest]));
  for (const { name, digest } of after) {
    const old = left.get(name);
    left.delete(name);
    if (old === undefined) found.added.push(name);
    else if (old !== digest) found.changed.push(name);
  }
  found.removed.push(...left.keys());
  return found;
}

/** Names of each kind that a line of the log has. */
const MOST_NAMES = 5;

/** For the log: how many of each, and the first names. What has no change is missing. */
export function changesInBrief(changes: Changes): LogFields {
  return briefly(changes, (changed: Changed) =>
    briefly(changed, (names) => names.length > 0 && { count: names.length, first: names.slice(0, MOST_NAMES) }),
  );
}

function briefly<T extends object>(parts: T, told: (part: T[keyof T]) => object | false): LogFields {
  const entries = Object.entries(parts).map(([key, part]) => [key, told(part as T[keyof T])] as const);
  return Object.fromEntries(entries.filter(([, part]) => part !== false && Object.keys(part).length > 0));
}

/** Names of each kind that are told and kept. */
const MOST_CHANGES = 1000;

/** Not more than can be told of. */
export function firstOf({ profiles, endpoints, zones }: Changes): Changes {
  const first = ({ added, removed, changed }: Changed): Changed => ({
    added: added.slice(0, MOST_CHANGES),
    removed: removed.slice(0, MOST_CHANGES),
    changed: changed.slice(0, MOST_CHANGES),
  });
  return { profiles: first(profiles), endpoints: first(endpoints), zones: first(zones) };
}
