/** Which profile is nested in which, walked once without recursion: a chain may be as long as the file. */
import type { Config } from "./schema/config.ts";

export interface Edge {
  readonly endpoint: string;
  readonly child: string;
}

export interface NestingGraph {
  readonly edgesOf: (profile: string) => readonly Edge[];
  /** All profiles, each after the profiles nested in it; those of a loop in some order. */
  readonly childrenFirst: readonly string[];
  /** One for each edge that closes a loop. */
  readonly loops: readonly Loop[];
}

interface Loop {
  /** Where the closing edge is. */
  readonly profile: string;
  readonly endpoint: string;
  /** From the first profile of the loop to itself: a, b, a. */
  readonly names: readonly string[];
}

export function nestingGraph({ profiles }: Config): NestingGraph {
  const edges = new Map<string, readonly Edge[]>();
  for (const [name, { endpoints }] of Object.entries(profiles)) {
    const nested = Object.entries(endpoints).flatMap(([endpoint, { profile }]): Edge[] =>
      profile !== undefined && Object.hasOwn(profiles, profile) ? [{ endpoint, child: profile }] : [],
    );
    edges.set(name, nested);
  }
  const edgesOf = (name: string): readonly Edge[] => edges.get(name) ?? [];

  const childrenFirst: string[] = [];
  const loops: Loop[] = [];
  const state = new Map<string, "open" | "done">();
  for (const root of edges.keys()) {
    if (state.has(root)) continue;
    state.set(root, "open");
    const stack = [{ name: root, next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = edgesOf(top.name)[top.next++];
      if (edge === undefined) {
        state.set(top.name, "done");
        childrenFirst.push(top.name);
        stack.pop();
      } else if (state.get(edge.child) === "open") {
        const names = stack.map(({ name }) => name);
        loops.push({
          profile: top.name,
          endpoint: edge.endpoint,
          names: [...names.slice(names.indexOf(edge.child)), edge.child],
        });
      } else if (!state.has(edge.child)) {
        state.set(edge.child, "open");
        stack.push({ name: edge.child, next: 0 });
      }
    }
  }
  return { edgesOf, childrenFirst, loops };
}

/** As it is printed: a → b → a. */
export function formatChain(names: readonly string[]): string {
  /** Longer chains are cut in the middle, so that a diagnostic stays a line. */
  const MAX_SHOWN = 12;
  const shown = names.length <= MAX_SHOWN ? names : [...names.slice(0, MAX_SHOWN - 2), "…", ...names.slice(-1)];
  return shown.join(" → ");
}
