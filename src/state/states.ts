/**
 * All that is known of the endpoints of one snapshot beside its configuration: what is said of them, in the book, and what
 * has become of it, in the state table. Who tells something gets the profiles whose answers it may change.
 */
import type { Outline } from "../routing/outline.ts";
import type { HealthView, ProbedHealth } from "../routing/health-view.ts";
import { createBook, type Book, type MatchedOverride } from "./book.ts";
import type { Override } from "./override.ts";
import { createStateTable, viewStateTable, type StateTableView } from "./state-table.ts";
import { matchesOf, narrownessOf, parsePattern } from "./subject-pattern.ts";

export interface States extends Pick<Book, "holderOf" | "heldBy"> {
  /** The memory of the state table, for workers. */
  readonly buffer: SharedArrayBuffer;
  readonly view: StateTableView;
  /** Takes what probes found. */
  probe(found: Iterable<readonly [endpoint: number, health: ProbedHealth]>): ReadonlySet<number>;
  /** Takes all overrides that there are, in place of those before. */
  rule(overrides: readonly Override[], now: number): ReadonlySet<number>;
  /** How it would be with these overrides in place of those that there are. Probes go on as they are. */
  imagine(overrides: readonly Override[], now: number): Imagined;
  /** The ids of the endpoints that a pattern is for; none for one that cannot be read. */
  matchesOf(pattern: string): Uint32Array;
}

export interface Imagined extends Pick<Book, "holderOf"> {
  readonly view: HealthView;
}

/** What a pattern is for. */
type Match = Omit<MatchedOverride, "override">;

/** By pattern. */
export type Matches = ReadonlyMap<string, Match>;

/** Matches patterns one by one: each takes milliseconds where there are ten thousand profiles. */
export function* matchAll(outline: Outline, patterns: Iterable<string>): Generator<undefined, Matches> {
  const matches = new Map<string, Match>();
  for (const pattern of new Set(patterns)) {
    matches.set(pattern, match(outline, pattern));
    yield;
  }
  return matches;
}

function match(outline: Outline, pattern: string): Match {
  const parsed = parsePattern(pattern);
  if (!parsed.ok) return { narrowness: 0, endpoints: new Uint32Array() };
  return { narrowness: narrownessOf(parsed.value), endpoints: Uint32Array.from(matchesOf(outline, parsed.value)) };
}

/**
 * `around`: whose plans the endpoints of some profiles are part of, as `routing/profiles-around.ts` finds them. `matches`:
 * what is known already of patterns that are about to rule.
 */
export function createStates(
  outline: Outline,
  around: (profiles: ReadonlySet<number>) => ReadonlySet<number>,
  matches: Matches = new Map(),
): States {
  const table = createStateTable(outline, around);
  const book = createBook(outline.endpoints.length);
  let known = matches;
  /** What was asked last, as an override is planned before it is set. */
  let latest: { readonly pattern: string; readonly match: Match } | undefined;

  const knownMatch = (pattern: string): Match => {
    const before = known.get(pattern);
    if (before !== undefined) return before;
    if (latest?.pattern !== pattern) latest = { pattern, match: match(outline, pattern) };
    return latest.match;
  };
  const matched = (overrides: readonly Override[]): readonly MatchedOverride[] =>
    overrides.map((override) => ({ override, ...knownMatch(override.pattern) }));
  const write = (changed: readonly number[]): ReadonlySet<number> =>
    table.setAll(changed.map((endpoint) => [endpoint, book.stateOf(endpoint)]));

  return {
    buffer: table.buffer,
    view: viewStateTable(table.buffer),
    probe: (found) => write(book.probe(found)),
    rule(overrides, now) {
      known = new Map(overrides.map(({ pattern }) => [pattern, knownMatch(pattern)]));
      return write(book.rule(matched(overrides), now));
    },
    imagine(overrides, now) {
      const other = createBook(outline.endpoints.length);
      other.probe(book.probed());
      other.rule(matched(overrides), now);
      return {
        holderOf: (endpoint) => other.holderOf(endpoint),
        view: { stateOf: (endpoint) => other.stateOf(endpoint) },
      };
    },
    matchesOf: (pattern) => knownMatch(pattern).endpoints,
    holderOf: (endpoint) => book.holderOf(endpoint),
    heldBy: (override) => book.heldBy(override),
  };
}
