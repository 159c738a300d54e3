/** Profiles in profiles: no loops, and at most 10 levels, the outermost profile included (Azure's limit). */
import { type Edge, formatChain, nestingGraph } from "../nesting-graph.ts";
import type { Check } from "./check.ts";

const MAX_LEVELS = 10;

export const checkNesting: Check = ({ config }, report) => {
  const { childrenFirst, edgesOf, loops } = nestingGraph(config);
  for (const { profile, endpoint, names } of loops) {
    const path = ["profiles", profile, "endpoints", endpoint, "profile"];
    const found = formatChain(names);
    report({ code: "nested-loop", path, what: "a profile nested in itself", found, wanted: "profiles without a loop" });
  }

  for (const [profile, { names = [], endpoints }] of Object.entries(config.profiles)) {
    const own = new Set(names);
    for (const [endpoint, { host }] of Object.entries(endpoints)) {
      if (host === undefined || !own.has(host)) continue;
      const path = ["profiles", profile, "endpoints", endpoint, "host"];
      report({ code: "nested-loop", path, what: "a host that is the profile's own name", wanted: "another host" });
    }
  }

  /** Of each profile, how many levels it has, and the edge to the deepest. */
  const deepest = new Map<string, { readonly levels: number; readonly edge: Edge | undefined }>();
  for (const name of childrenFirst) {
    let levels = 1;
    let deepestEdge: Edge | undefined;
    for (const edge of edgesOf(name)) {
      const childLevels = deepest.get(edge.child)?.levels ?? 0;
      if (childLevels >= levels) {
        levels = childLevels + 1;
        deepestEdge = edge;
      }
    }
    deepest.set(name, { levels, edge: deepestEdge });
    // Once for a chain: the profiles further out are too deep because this one is.
    if (levels !== MAX_LEVELS + 1 || deepestEdge === undefined) continue;
    const chain = [name];
    for (let at = deepestEdge; ;) {
      chain.push(at.child);
      const next = deepest.get(at.child)?.edge;
      if (next === undefined) break;
      at = next;
    }
    const path = ["profiles", name, "endpoints", deepestEdge.endpoint, "profile"];
    const what = `profiles nested more than ${MAX_LEVELS} levels deep`;
    report({ code: "nested-depth", path, what, found: formatChain(chain), wanted: `at most ${MAX_LEVELS} levels` });
  }
};
