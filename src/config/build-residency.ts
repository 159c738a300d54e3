/**
 * Residency rules of a configuration without errors: what they name becomes ids, regions and networks. What they take from
 * profiles follows from it: `routing/residency/fences.ts`.
 */
import { withResidency, type NamingRule } from "../routing/residency/fences.ts";
import type { LabelTerms, RuleClients, Snapshot } from "../routing/snapshot.ts";
import { matchesGlob } from "../shared/glob.ts";
import { type CountryGrouping, createNamedBy } from "../shared/regions/country-grouping.ts";
import { parseRegion } from "../shared/regions/region.ts";
import { spellings } from "../shared/regions/subdivisions.ts";
import { ofName } from "./of-name.ts";
import type { Config, ResidencyConfig } from "./schema/config.ts";

/** What stands for all clients. */
export const ALL_CLIENTS = "all";

/** `groupings`: those of law and the operator's own, in the order of the search. */
export function buildResidency(
  { residency, geoip: { networks } }: Config,
  snapshot: Omit<Snapshot, "residency">,
  groupings: readonly CountryGrouping[],
): Snapshot {
  const namedBy = createNamedBy(groupings);
  const rules = Object.entries(residency).map(([name, rule]): NamingRule => ({
    name,
    clients: buildClients(rule, networks, namedBy),
    named: snapshot.profiles.flatMap(({ id, name: profile }) => (namesProfile(rule, profile) ? [id] : [])),
    require: rule.require ?? NO_TERMS,
    forbid: rule.forbid ?? NO_TERMS,
    whenNoneCompliant: rule.whenNoneCompliant,
  }));
  return withResidency(snapshot, rules);
}

const NO_TERMS: LabelTerms = {};

/** Whether one of the rule's globs matches the profile's name. */
function namesProfile({ profiles }: Pick<ResidencyConfig, "profiles">, profile: string): boolean {
  return profiles.some((glob) => matchesGlob(glob, profile));
}

function buildClients(
  { clients, unknownClients, resolverOnly }: ResidencyConfig,
  own: Config["geoip"]["networks"],
  namedBy: (regions: readonly string[]) => readonly CountryGrouping[],
): RuleClients {
  const networks = clients.flatMap((name) => ofName(own, name)?.cidrs ?? []);
  const isRegion = (name: string): boolean => name !== ALL_CLIENTS && ofName(own, name) === undefined;
  const regions = clients.filter(isRegion).flatMap(spelt);
  return {
    all: clients.includes(ALL_CLIENTS),
    regions,
    groupings: namedBy(regions),
    networks,
    unknown: unknownClients === "fence",
    resolverOnly: resolverOnly === "fence",
  };
}

/** A region as clients have it: old codes of a subdivision are the same. What is no region is a grouping. */
function spelt(name: string): readonly string[] {
  const region = parseRegion(name);
  if (typeof region === "string") return [name];
  return region.kind === "subdivision" ? spellings(region.code) : [region.code];
}
