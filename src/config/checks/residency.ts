/**
 * Residency rules speak of what there is: clients that are regions, groupings or own networks, profiles by their names,
 * labels that endpoints, sites or fallbacks have. A rule with a name misspelt would protect nobody, so it is refused.
 */
import { matchesGlob } from "../../shared/glob.ts";
import { formatIpPrefix } from "../../shared/ip-address.ts";
import { parseRegion } from "../../shared/regions/region.ts";
import { ALL_CLIENTS } from "../build-residency.ts";
import type { Report } from "../diagnostic.ts";
import { nearestOf, nearestWord } from "../nearest-word.ts";
import { ofName } from "../of-name.ts";
import type { Path } from "../path.ts";
import type { Config, ResidencyConfig } from "../schema/config.ts";
import { parseRegionCode } from "../text/region.ts";
import { writtenEndpoints } from "../written-endpoints.ts";
import type { Check } from "./check.ts";

export const checkResidency: Check = ({ config, parts, written }, report) => {
  const rules = Object.entries(config.residency);
  if (rules.length === 0) return;
  const own = Object.keys(config.geoip.networks);
  const groupings = Object.keys(config.geoip.groupings);
  const names: Names = {
    networks: new Set(own),
    groupings: new Set(groupings),
    nearest: nearestOf([...own, ...groupings]),
    isWritten: (name) => written.has(["geoip", "networks", name]) || written.has(["geoip", "groupings", name]),
  };
  const profiles = Object.keys(config.profiles);
  const values = labelValues(parts);
  if (rules.some(([, { clients }]) => !clients.includes(ALL_CLIENTS))) checkSubnets(config, report);
  for (const [name, rule] of rules) {
    const path = ["residency", name];
    checkClients(rule, path, names, report);
    checkNetworks(rule, path, config, report);
    checkProfiles(rule, path, profiles, (profile) => written.has(["profiles", profile]), report);
    checkTerms(rule, path, values, report);
  }
};

interface Names {
  readonly networks: ReadonlySet<string>;
  readonly groupings: ReadonlySet<string>;
  readonly nearest: (text: string) => string | undefined;
  /** Whether it is in the file, be it that it was refused there. */
  readonly isWritten: (name: string) => boolean;
}

function checkClients({ clients }: ResidencyConfig, rule: Path, names: Names, report: Report): void {
  const seen = new Set<string>();
  for (const [index, client] of clients.entries()) {
    const path = [...rule, "clients", index];
    const isNetwork = names.networks.has(client);
    const isRegion = names.groupings.has(client) || typeof parseRegion(client) === "object";
    if (isNetwork && (isRegion || client === ALL_CLIENTS)) {
      const what = "an own network and a region of one name";
      report({ code: "ambiguous-client", path, what, wanted: "another name for the network in geoip.networks" });
    } else if (client === ALL_CLIENTS) {
      if (clients.length === 1) continue;
      const what = "all beside other clients, whom it holds anyway";
      report({ code: "redundant-client", path, what, wanted: "all alone, or the others without it" });
    } else if (seen.has(client)) {
      report({ code: "redundant-client", path, what: "the same clients twice", wanted: "each once" });
    } else if (!isNetwork && !isRegion && !names.isWritten(client)) {
      report({ ...unknownClient(client, names), code: "undefined-client", path });
    }
    seen.add(client);
  }
}

/** RFC 7871 section 11.1: resolvers SHOULD tell so many bits of a client's address at most. */
const BITS_TOLD = { ipv4: 24, ipv6: 56 } as const;

/** 0 leaves all to the place of the resolver, which is no mistake. */
function checkSubnets({ dns }: Config, report: Report): void {
  for (const family of ["ipv4", "ipv6"] as const) {
    const [bits, told] = [dns.ecs[family], BITS_TOLD[family]];
    if (bits === 0 || bits >= told) continue;
    report({
      code: "short-subnet",
      path: ["dns", "ecs", family],
      what: "client subnets cut so short that clients of a residency rule are in one with others: their first address decides for all",
      found: `${bits}`,
      wanted: `${told} or more beside rules for some clients, or 0 to go by the resolver`,
    });
  }
}

/** An own network that is smaller than what is told of a client: its first address decides for the neighbours too. */
function checkNetworks({ clients }: ResidencyConfig, rule: Path, { geoip, dns }: Config, report: Report): void {
  for (const [index, client] of clients.entries()) {
    const { cidrs = [] } = ofName(geoip.networks, client) ?? {};
    const narrow = cidrs.find(({ address, length }) => {
      const family = address.family === 4 ? "ipv4" : "ipv6";
      return length > Math.min(BITS_TOLD[family], dns.ecs[family]);
    });
    if (narrow === undefined) continue;
    report({
      code: "narrow-network",
      path: [...rule, "clients", index],
      what: "an own network smaller than what resolvers tell of a client: behind them a rule cannot tell it from its neighbours",
      found: formatIpPrefix(narrow),
      wanted: `at most /${Math.min(BITS_TOLD.ipv4, dns.ecs.ipv4)} of IPv4 and /${Math.min(BITS_TOLD.ipv6, dns.ecs.ipv6)} of IPv6`,
    });
  }
}

const ANY_CLIENT = "a region (EU, DE), a grouping or an own network of geoip, or all";

function unknownClient(text: string, { nearest }: Names): { readonly what: string; readonly wanted: string } {
  const what = "neither a region nor an own network";
  if (text.toLowerCase() === ALL_CLIENTS) return { what, wanted: ALL_CLIENTS };
  const meant = nearest(text);
  if (meant !== undefined) return { what, wanted: `${ANY_CLIENT}: did you mean ${meant}?` };
  const region = parseRegionCode(text);
  // A remedy of a region that is more than the list of all kinds.
  if (!region.ok && !region.error.wanted.startsWith("WORLD")) return { what, wanted: region.error.wanted };
  return { what, wanted: ANY_CLIENT };
}

function checkProfiles(
  { profiles: globs }: ResidencyConfig,
  rule: Path,
  profiles: readonly string[],
  isWritten: (profile: string) => boolean,
  report: Report,
): void {
  for (const [index, glob] of globs.entries()) {
    // One that is written and wrong itself was refused where it stands.
    if (profiles.some((profile) => matchesGlob(glob, profile)) || isWritten(glob)) continue;
    const isPattern = glob.includes("*");
    const meant = isPattern ? undefined : nearestWord(glob, profiles);
    report({
      code: "undefined-profile",
      path: [...rule, "profiles", index],
      what: isPattern ? "a pattern that no profile's name matches" : "undefined profile",
      wanted: `the name of a profile, or a pattern such as payroll*${meant === undefined ? "" : `: did you mean ${meant}?`}`,
    });
  }
}

/** The values that endpoints, sites and fallbacks have, by label. */
type Values = ReadonlyMap<string, ReadonlySet<string>>;

function labelValues(parts: Config): Values {
  const found = new Map<string, Set<string>>();
  const add = (labels: Readonly<Record<string, string>> = {}): void => {
    for (const [label, value] of Object.entries(labels)) {
      const values = found.get(label) ?? new Set();
      found.set(label, values.add(value));
    }
  };
  for (const { labels } of Object.values(parts.sites)) add(labels);
  for (const { keys } of writtenEndpoints(parts)) add(keys.labels);
  for (const { whenAllDown } of Object.values(parts.profiles)) {
    if (typeof whenAllDown === "object") add(whenAllDown.labels);
  }
  return found;
}

function checkTerms({ require = {}, forbid = {} }: ResidencyConfig, rule: Path, values: Values, report: Report): void {
  if (Object.keys(require).length + Object.keys(forbid).length === 0) {
    const what = "a rule that neither requires nor forbids anything";
    report({ code: "empty-rule", path: rule, atKey: true, what, wanted: "require or forbid, with labels" });
  }
  for (const [label, wanted] of Object.entries(require)) {
    const path = [...rule, "require", label];
    const unwanted = Object.hasOwn(forbid, label) ? forbid[label]! : [];
    if (wanted.every((value) => unwanted.includes(value))) {
      const what = "a label of which the rule forbids each value that it requires: no endpoint complies";
      report({
        code: "unmet-label",
        path,
        because: [path, [...rule, "forbid", label]],
        what,
        wanted: "one of the two",
      });
    } else if (wanted.some((value) => values.get(label)?.has(value))) reportUnmet(label, wanted, path, values, report);
    else {
      const what = "a label that nothing has with such a value: no endpoint complies";
      report({ code: "unmet-label", path, what, wanted: remedyOf(label, wanted[0]!, values) });
    }
  }
  for (const [label, unwanted] of Object.entries(forbid)) {
    reportUnmet(label, unwanted, [...rule, "forbid", label], values, report);
  }
  for (const [key, terms] of Object.entries({ require, forbid })) {
    for (const [label, named] of Object.entries(terms)) {
      reportCase(label, [...values.keys()], [label], { path: [...rule, key, label], atKey: true }, report);
      const known = [...(values.get(label) ?? [])];
      for (const [index, value] of named.entries()) {
        reportCase(value, known, named, { path: [...rule, key, label, index] }, report);
      }
    }
  }
}

/** `jurisdiction: us` is not what `forbid: { jurisdiction: US }` forbids. Where nothing has `text` others tell. */
function reportCase(
  text: string,
  known: readonly string[],
  named: readonly string[],
  place: { readonly path: Path; readonly atKey?: boolean },
  report: Report,
): void {
  if (!known.includes(text)) return;
  const other = known.find((one) => one.toLowerCase() === text.toLowerCase() && !named.includes(one));
  if (other === undefined) return;
  const what = `other endpoints, sites or fallbacks have it as ${other}, which is another one for the rule`;
  report({ ...place, code: "label-case", what, found: JSON.stringify(text), wanted: "one spelling everywhere" });
}

/** Values that are in vain: mistyped, or of endpoints to come. */
function reportUnmet(label: string, wanted: readonly string[], path: Path, values: Values, report: Report): void {
  for (const [index, value] of wanted.entries()) {
    if (values.get(label)?.has(value)) continue;
    const what = "a value that no endpoint, site or fallback has for this label";
    report({ code: "unmatched-label", path: [...path, index], what, wanted: remedyOf(label, value, values) });
  }
}

/** What there is in place of a label or value that nothing has. */
function remedyOf(label: string, value: string, values: Values): string {
  const known = values.get(label);
  if (known === undefined) {
    const meant = nearestWord(label, [...values.keys()]);
    return `a label of an endpoint, a site or a fallback${meant === undefined ? "" : `: did you mean ${meant}?`}`;
  }
  const meant = nearestWord(value, [...known]);
  if (meant !== undefined) return `a value of ${label}: did you mean ${meant}?`;
  const some = [...known].slice(0, MOST_SHOWN).join(", ");
  return `a value of ${label}, such as ${some}`;
}

const MOST_SHOWN = 5;
