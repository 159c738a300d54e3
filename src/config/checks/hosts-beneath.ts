/** Which profiles may answer with a CNAME: those that lead to a host, their own, a nested profile's or a fallback. */
import type { Config } from "../schema/config.ts";
import type { SteeringGraph } from "../steering-graph.ts";

/** For each profile the way to a host that it may answer with, fallbacks included. */
export function hostsBeneath(
  config: Config,
  { childrenFirst, edgesOf }: SteeringGraph,
): (profile: string) => readonly string[] | undefined {
  const nextOf = new Map<string, { readonly label: string; readonly child?: string }>();
  for (const name of childrenFirst) {
    const { endpoints, whenAllDown } = config.profiles[name]!;
    const own = Object.entries(endpoints).find(([, { host }]) => host !== undefined);
    const nested = edgesOf(name).find(({ child, host }) => host === undefined && nextOf.has(child));
    if (own !== undefined) nextOf.set(name, { label: own[1].host! });
    else if (typeof whenAllDown === "object" && typeof whenAllDown.fallback === "string") {
      nextOf.set(name, { label: whenAllDown.fallback });
    } else if (nested !== undefined) nextOf.set(name, { label: nested.child, child: nested.child });
  }
  return (profile) => {
    const chain = [profile];
    for (
      let at = nextOf.get(profile);
      at !== undefined;
      at = at.child === undefined ? undefined : nextOf.get(at.child)
    ) {
      chain.push(at.label);
    }
    return chain.length === 1 ? undefined : chain;
  };
}
