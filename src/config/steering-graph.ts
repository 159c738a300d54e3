/**
 * Which profile may lead on to which: by an endpoint that is a profile, or by a host whose name another profile answers,
 * static aliases between them included. Walked once without recursion: a chain may be as long as the file.
 */
import { isWildcard, type DomainName } from "../shared/domain-name.ts";
import { nameTree, type NameTree, nodeAt, profileAt } from "../shared/name-tree.ts";
import { TYPE } from "../shared/record-type.ts";
import type { Path } from "./path.ts";
import type { Config } from "./schema/config.ts";
import type { ZoneIndex } from "./zone-index.ts";

export interface Edge {
  /** Where it is written, from the profile on. */
  readonly path: Path;
  /** The profile that it leads to. */
  readonly child: string;
  /** The host that leads there; undefined: the child is nested. */
  readonly host: DomainName | undefined;
}

export interface SteeringGraph {
  /** All of them: nested profiles, then hosts. */
  readonly edgesOf: (profile: string) => readonly Edge[];
  /** All profiles, each after those that it leads on to; those of a loop in some order. */
  readonly childrenFirst: readonly string[];
  /** One for each edge that closes a loop. */
  readonly loops: readonly Loop[];
  /** The profile that a host leads to. */
  readonly profileOf: (host: DomainName) => string | undefined;
  /** The profile that answers for the name itself: it is one of its names, or lies below one that is a wildcard. */
  readonly steeredBy: (name: DomainName) => string | undefined;
  /** Whether a CNAME record of the zones answers for the name: its own, or that of a wildcard. */
  readonly hasCname: (name: DomainName) => boolean;
}

export interface Loop {
  /** Where the closing edge is. */
  readonly profile: string;
  readonly edge: Edge;
  /** From the first profile of the loop to itself, with the hosts between them: a, b.example.com, b, a. */
  readonly names: readonly string[];
}

export function steeringGraph({ profiles }: Config, zones: ZoneIndex): SteeringGraph {
  const { profileOf, steeredBy, hasCname } = createFollower(profiles, zones);
  const edges = new Map<string, readonly Edge[]>();
  for (const [name, { endpoints, whenAllDown }] of Object.entries(profiles)) {
    const nested = Object.entries(endpoints).flatMap(([endpoint, { profile }]): Edge[] =>
      profile !== undefined && Object.hasOwn(profiles, profile)
        ? [{ path: ["endpoints", endpoint, "profile"], child: profile, host: undefined }]
        : [],
    );
    const hosts = Object.entries(endpoints).flatMap(([endpoint, { host }]): [Path, DomainName][] =>
      host === undefined ? [] : [[["endpoints", endpoint, "host"], host]],
    );
    if (typeof whenAllDown === "object" && typeof whenAllDown.fallback === "string") {
      hosts.push([["whenAllDown", "fallback"], whenAllDown.fallback]);
    }
    const byHost = hosts.flatMap(([path, host]): Edge[] => {
      const child = profileOf(host);
      return child === undefined ? [] : [{ path, child, host }];
    });
    edges.set(name, [...nested, ...byHost]);
  }
  const edgesOf = (name: string): readonly Edge[] => edges.get(name) ?? [];

  const childrenFirst: string[] = [];
  const loops: Loop[] = [];
  const state = new Map<string, "open" | "done">();
  for (const root of edges.keys()) {
    if (state.has(root)) continue;
    state.set(root, "open");
    const stack: { readonly name: string; readonly by: Edge | undefined; next: number }[] = [
      { name: root, by: undefined, next: 0 },
    ];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = edgesOf(top.name)[top.next++];
      if (edge === undefined) {
        state.set(top.name, "done");
        childrenFirst.push(top.name);
        stack.pop();
      } else if (state.get(edge.child) === "open") {
        const first = stack.findIndex(({ name }) => name === edge.child);
        const way = [...stack.slice(first + 1).map(({ by }) => by!), edge];
        const names = way.flatMap(({ host, child }) => (host === undefined ? [child] : [host, child]));
        loops.push({ profile: top.name, edge, names: [edge.child, ...names] });
      } else if (!state.has(edge.child)) {
        state.set(edge.child, "open");
        stack.push({ name: edge.child, by: edge, next: 0 });
      }
    }
  }
  return { edgesOf, childrenFirst, loops, profileOf, steeredBy, hasCname };
}

/** The names of the zones are gathered when they are asked for: most configurations have no host in one of them. */
function createFollower(
  profiles: Config["profiles"],
  { zones, zoneOf }: ZoneIndex,
): Pick<SteeringGraph, "profileOf" | "steeredBy" | "hasCname"> {
  const all = Object.entries(profiles);
  const owners = new Map(all.flatMap(([profile, { names = [] }]) => names.map((name) => [name, profile] as const)));
  const hasWildcards = owners.keys().some(isWildcard);
  let made: NameTree | undefined;
  const tree = (): NameTree =>
    (made ??= nameTree(
      zones.map(({ name, sets }) => ({ name, records: sets })),
      all.flatMap(([, { names = [] }], id) =>
        names.flatMap((name) => (zoneOf(name) === undefined ? [] : [[name, id] as const])),
      ),
    ));
  return {
    profileOf(host) {
      const id = zoneOf(host) === undefined ? undefined : profileAt(host, tree());
      return id === undefined ? undefined : all[id]![0];
    },
    steeredBy(name) {
      const owner = owners.get(name);
      if (owner !== undefined || !hasWildcards || zoneOf(name) === undefined) return owner;
      const id = nodeAt(name, tree())?.profile;
      return id === undefined ? undefined : all[id]![0];
    },
    hasCname: (name) => zoneOf(name) !== undefined && nodeAt(name, tree())?.sets.has(TYPE.CNAME) === true,
  };
}

/** As it is printed: a → b → a. */
export function formatChain(names: readonly string[]): string {
  /** Longer chains are cut in the middle, so that a diagnostic stays a line. */
  const MAX_SHOWN = 12;
  const shown = names.length <= MAX_SHOWN ? names : [...names.slice(0, MAX_SHOWN - 2), "…", ...names.slice(-1)];
  return shown.join(" → ");
}
