/** Monitors that are made of others: which, and what is known of them together. Never recursive: a chain may be as long as the file. */
import { ofName } from "./of-name.ts";
import type { Path } from "./path.ts";
import type { MonitorConfig } from "./schema/config.ts";

type Monitors = Readonly<Record<string, MonitorConfig>>;

export const COMPOSITE_KINDS = ["all", "any", "atLeast", "not"] as const;
export type CompositeKind = (typeof COMPOSITE_KINDS)[number];

export interface Composite {
  readonly kind: CompositeKind;
  /** How many of them are to be up; 0 = the one is not to be. */
  readonly count: number;
  readonly of: readonly Member[];
}

export interface Member {
  /** The name of a monitor, which there may be none of. */
  readonly name: string;
  /** Where it is written, from the monitor on. */
  readonly path: Path;
}

/** Undefined for a monitor with a protocol, and for one that has neither. Of several kinds the first counts. */
export function compositeOf({ all, any, atLeast, of = [], not }: MonitorConfig): Composite | undefined {
  if (all !== undefined) return { kind: "all", count: all.length, of: listed("all", all) };
  if (any !== undefined) return { kind: "any", count: 1, of: listed("any", any) };
  if (atLeast !== undefined) return { kind: "atLeast", count: atLeast, of: listed("of", of) };
  if (not !== undefined) return { kind: "not", count: 0, of: [{ name: not, path: ["not"] }] };
  return undefined;
}

function listed(key: string, names: readonly string[]): readonly Member[] {
  return names.map((name, i) => ({ name, path: [key, i] }));
}

/** The monitors with a protocol that a monitor comes to, each once; itself where it is one. None of what does not exist. */
export function leavesOf(name: string, monitors: Monitors): readonly string[] {
  const seen = new Set([name]);
  for (const one of seen) {
    const monitor = ofName(monitors, one);
    for (const member of (monitor && compositeOf(monitor)?.of) ?? []) seen.add(member.name);
  }
  return [...seen].filter((one) => ofName(monitors, one)?.protocol !== undefined);
}

export interface Measured {
  /** A monitor with a protocol has 1. */
  readonly levels: number;
  /** Monitors with a protocol, each as often as it is named. */
  readonly probes: number;
}

export interface CompositeLoop {
  /** Of the monitor that closes it. */
  readonly name: string;
  readonly path: Path;
  /** From a monitor to itself. */
  readonly names: readonly string[];
}

/** The size of every monitor that is in no loop and leads to none, and one loop of each that are. */
export function measureComposites(monitors: Monitors): {
  readonly sizes: ReadonlyMap<string, Measured>;
  readonly loops: readonly CompositeLoop[];
} {
  const members = new Map(
    Object.entries(monitors).map(([name, monitor]) => {
      const known = (compositeOf(monitor)?.of ?? []).filter((member) => Object.hasOwn(monitors, member.name));
      return [name, known] as const;
    }),
  );
  const users = new Map<string, string[]>();
  for (const [name, own] of members) {
    for (const member of own) users.set(member.name, [...(users.get(member.name) ?? []), name]);
  }
  const waiting = new Map([...members].map(([name, own]) => [name, own.length]));
  const sizes = new Map<string, Measured>();
  const ready = [...waiting].flatMap(([name, left]) => (left === 0 ? [name] : []));
  for (const name of ready) {
    const own = members.get(name)!.map((member) => sizes.get(member.name)!);
    sizes.set(name, {
      levels: 1 + Math.max(0, ...own.map(({ levels }) => levels)),
      probes: own.length === 0 ? 1 : own.reduce((sum, { probes }) => sum + probes, 0),
    });
    for (const user of users.get(name) ?? []) {
      waiting.set(user, waiting.get(user)! - 1);
      if (waiting.get(user) === 0) ready.push(user);
    }
  }
  return { sizes, loops: loopsIn(members, (name) => !sizes.has(name)) };
}

/** Whoever is left leads to one who is left: a walk along those ends in a loop, or where an earlier one was. */
function loopsIn(
  members: ReadonlyMap<string, readonly Member[]>,
  isLeft: (name: string) => boolean,
): readonly CompositeLoop[] {
  const loops: CompositeLoop[] = [];
  const walked = new Set<string>();
  for (const start of members.keys()) {
    const way: string[] = [];
    const places = new Map<string, number>();
    for (let at = start; isLeft(at) && !walked.has(at);) {
      walked.add(at);
      places.set(at, way.push(at) - 1);
      const next = members.get(at)!.find((member) => isLeft(member.name))!;
      const place = places.get(next.name);
      if (place !== undefined) loops.push({ name: at, path: next.path, names: [...way.slice(place), next.name] });
      at = next.name;
    }
  }
  return loops;
}
