/**
 * Profiles that lead on to profiles: no loops, by nesting or by hosts, and at most 10 levels of nesting, the outermost
 * profile included (Azure's limit).
 */
import { type Edge, formatChain } from "../steering-graph.ts";
import type { Check } from "./check.ts";

export const MAX_LEVELS = 10;

export const checkNesting: Check = ({ graph: { childrenFirst, edgesOf, loops } }, report) => {
  for (const { profile, edge, names } of loops) {
    const path = ["profiles", profile, ...edge.path];
    const what = names.length === 2 + Number(edge.host !== undefined) ? "itself" : "profiles that lead back to it";
    report({
      code: "nested-loop",
      path,
      what: edge.host === undefined ? "a profile nested in itself" : `a host that leads to ${what}`,
      found: formatChain(names),
      wanted:
        edge.host === undefined ? "profiles without a loop" : "another host: resolvers would follow it without end",
    });
  }

  /** How many levels each profile has, and the edge to the deepest. */
  const deepest = new Map<string, { readonly levels: number; readonly edge: Edge | undefined }>();
  for (const name of childrenFirst) {
    let levels = 1;
    let deepestEdge: Edge | undefined;
    for (const edge of edgesOf(name)) {
      if (edge.host !== undefined) continue;
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
    const path = ["profiles", name, ...deepestEdge.path];
    const what = `profiles nested more than ${MAX_LEVELS} levels deep`;
    report({ code: "nested-depth", path, what, found: formatChain(chain), wanted: `at most ${MAX_LEVELS} levels` });
  }
};
