/** docs/steering.md section 2, fences: which rules cover a client in a profile, and what complies. */
import { holds, listed, parseNetworks, type Address } from "./addresses.ts";
import type { Configuration, ResidencyRule } from "./configuration.ts";
import { inForce, placeOf } from "./places.ts";

export interface NamedRule extends ResidencyRule {
  readonly name: string;
}

type Labels = Readonly<Record<string, string>>;

/** The rules for a client in a profile, in the order of the file. */
export function rulesFor(
  configuration: Configuration,
  profile: string,
  address: Address,
  byResolver: boolean,
): readonly NamedRule[] {
  return rulesOf(configuration).filter(
    (rule) => isForProfile(configuration, rule, profile) && coversClient(configuration, rule, address, byResolver),
  );
}

export function rulesOf({ residency = {} }: Configuration): readonly NamedRule[] {
  return Object.entries(residency).map(([name, rule]) => ({ name, ...rule }));
}

/** Whether the rule names it, or one that leads to it. */
export function isForProfile({ profiles }: Configuration, rule: ResidencyRule, profile: string): boolean {
  const globs = listed(rule.profiles).map((glob) => new RegExp(`^${glob.replaceAll("*", ".*")}$`));
  const leadsTo = (name: string): boolean =>
    name === profile ||
    Object.values(profiles[name]!.endpoints).some(
      (endpoint) => endpoint.profile !== undefined && leadsTo(endpoint.profile),
    );
  return Object.keys(profiles).some((name) => globs.some((glob) => glob.test(name)) && leadsTo(name));
}

function coversClient(
  configuration: Configuration,
  { clients, unknownClients = "fence", resolverOnly = "free" }: ResidencyRule,
  address: Address,
  byResolver: boolean,
): boolean {
  const { regions } = placeOf(configuration, address);
  // A country is in a grouping at least.
  const isUnknown = regions.length === 1;
  if ((unknownClients === "fence" && isUnknown) || (resolverOnly === "fence" && byResolver)) return true;
  return listed(clients).some((one) => {
    const network = configuration.geoip?.networks?.[one];
    if (network !== undefined) return parseNetworks(network.cidrs).some((cidr) => holds(cidr, address));
    return one === "all" || regions.includes(inForce(one));
  });
}

export function complies(labels: Labels = {}, { require = {}, forbid = {} }: ResidencyRule): boolean {
  const has = ([label, values]: readonly [string, string | readonly string[]]): boolean =>
    label in labels && listed(values).includes(labels[label]!);
  return Object.entries(require).every(has) && !Object.entries(forbid).some(has);
}
