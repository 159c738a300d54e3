/** A sticky profile's forks with lots in place of chance: docs/steering.md names what is hashed. */
import type { Among, Branch, Fork } from "./fork.ts";
import { keptTo, lotsOf, type Keeper, type Lots } from "./rendezvous.ts";

/** Undefined = chance decides, or there is no choice. */
export function lotsOfFork({ profile: { name, sticky }, among, branches }: Fork): Lots | undefined {
  if (sticky === undefined || branches.length === 1) return undefined;
  return lotsOf(
    branches.map((branch) => lotName(name, among, branch)),
    branches.map(({ probability }) => probability),
    sticky,
  );
}

/** Of names, not of ids: a reload with other profiles beside keeps all clients. */
function lotName(profile: string, among: Among, { endpoints: [endpoint], chosen }: Branch): string {
  const member = `${profile}/${(endpoint ?? chosen)?.name ?? ""}`;
  return among === "stand-ins" ? `instead ${member}` : member;
}

/** The plan of this client: chance is left alone where no sticky profile decides. */
export function keptPlan(plan: Fork, keeper: Keeper): Fork {
  const known = new Map<Fork, Fork>();
  const visit = (fork: Fork): Fork => {
    const seen = known.get(fork);
    if (seen !== undefined) return seen;
    const lots = lotsOfFork(fork);
    const branches = lots === undefined ? fork.branches : [{ ...fork.branches[keptTo(lots, keeper)]!, probability: 1 }];
    const kept = { ...fork, branches: branches.map(visitBranch) };
    known.set(fork, kept);
    return kept;
  };
  const visitBranch = (branch: Branch): Branch => {
    if (branch.next === undefined) return branch;
    const { next, otherwise } = branch;
    return { ...branch, next: visit(next), ...(otherwise !== undefined && { otherwise: visit(otherwise) }) };
  };
  return visit(plan);
}
