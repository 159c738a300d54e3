/**
 * What a webhook was told, and what is other than that now. A notice tells how things are, not what happened to them: what
 * has left its state and is back by the time that the message is made is left out, and after a restart only what differs
 * from what was told is told. Pure.
 */
import type { NamedSubject, SubjectState } from "../control/subject-states.ts";

/** Of a subject that was told to be in trouble. All others were told to be well, or nothing. */
export interface Told extends NamedSubject {
  readonly state: string;
  /** Milliseconds since the Unix epoch. */
  readonly since: number;
  readonly reason: string | undefined;
}

export interface Change extends Told {
  /** What it was told to be before. */
  readonly from: string;
}

/** By `keyOf`. */
export type ToldStates = ReadonlyMap<string, Told>;

/** Not a text that names can make of each other: none has a space. */
export function keyOf({ kind, profile, part }: NamedSubject): string {
  return [kind, profile ?? "", part ?? ""].join(" ");
}

const TROUBLE: ReadonlySet<string> = new Set(["degraded", "down", "refused"]);

export function isTrouble(state: string): boolean {
  return TROUBLE.has(state);
}

/** What subjects of a kind are called that are well, where nothing else is known of them. */
const WELL: Readonly<Record<NamedSubject["kind"], string>> = {
  endpoint: "online",
  profile: "online",
  region: "up",
  rule: "up",
  reload: "taken",
};

/** What of all that is differs from what was told. Takes what is one by one, so that it may come in slices. */
export interface Comparison {
  see(states: Iterable<SubjectState>): void;
  /** Once all was seen: the changes, those in trouble first, and the keys of what is no more to be told of. */
  end(now: number): { readonly changes: readonly Change[]; readonly forget: readonly string[] };
}

/** `isWanted`: what the webhook is for. */
export function compareWith(told: ToldStates, isWanted: (state: SubjectState) => boolean): Comparison {
  const changes: { readonly state: SubjectState; readonly was: Told | undefined }[] = [];
  const forget: string[] = [];
  const left = new Set(told.keys());
  return {
    see(states) {
      for (const state of states) {
        const inTrouble = isTrouble(state.state);
        // Most are well, and were.
        if (!inTrouble && left.size === 0) continue;
        const key = keyOf(state);
        const was = told.get(key);
        left.delete(key);
        if (!isWanted(state)) {
          if (was !== undefined) forget.push(key);
        } else if (state.state !== "checking" && (inTrouble ? was?.state !== state.state : was !== undefined)) {
          changes.push({ state, was });
        }
      }
    },
    end(now) {
      const gone = [...left].map((key): Change => {
        const was = told.get(key)!;
        return { ...was, from: was.state, state: "removed", since: now, reason: undefined };
      });
      const all = [...changes.map(({ state, was }) => changeOf(state, was, now)), ...gone];
      return { changes: all.toSorted((a, b) => rank(a) - rank(b)), forget };
    },
  };
}

function changeOf(
  { kind, profile, part, state, since, reason }: SubjectState,
  was: Told | undefined,
  now: number,
): Change {
  const from = was?.state ?? WELL[kind];
  return { kind, profile, part, from, state, since: since ?? now, reason };
}

/** What a message tells first, and keeps where it has no room for all. */
function rank({ state }: Told): number {
  return state === "down" || state === "refused" ? 0 : isTrouble(state) ? 1 : 2;
}

/** What is told after these changes. */
export function withChanges(told: ToldStates, changes: readonly Told[]): ToldStates {
  const next = new Map(told);
  for (const { kind, profile, part, state, since, reason } of changes) {
    const key = keyOf({ kind, profile, part });
    if (isTrouble(state)) next.set(key, { kind, profile, part, state, since, reason });
    else next.delete(key);
  }
  return next;
}

/** What was not told after all, since its message was given up: as before it, where nothing newer was told. */
export function withoutChanges(told: ToldStates, changes: readonly Change[]): ToldStates {
  const undone = changes.filter((change) => (told.get(keyOf(change))?.state ?? WELL[change.kind]) === wordOf(change));
  return withChanges(
    told,
    undone.map(({ from, ...change }) => ({ ...change, state: from })),
  );
}

function wordOf({ kind, state }: Told): string {
  return isTrouble(state) ? state : WELL[kind];
}
