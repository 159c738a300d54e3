/** docs/steering.md section 5: the network in which all clients have the same candidates. */
import {
  bitsOf,
  countedAs,
  holds,
  IPV4_FORMS,
  networkAround,
  type Address,
  type Ipv4Form,
  type Range,
} from "./addresses.ts";
import { candidatesOf, candidatesText, rulesText } from "./candidates.ts";
import { countingEndpoints, inService, regionRule, type Configuration } from "./configuration.ts";
import { isSetAside, networksOf, ownNetworks, PRIVATE, systems } from "./places.ts";
import { complies, isForProfile, rulesOf } from "./residency.ts";
import { targetParts, type Question } from "./steering-model.ts";

/** Answers for one configuration and one profile. */
export interface Scopes {
  /** Of a subnet at this address. */
  readonly scopeOf: (address: Address, question: Question) => number;
}

export function scopesOf(configuration: Configuration, profile: string): Scopes {
  const cuts = cutsOf([
    ...PRIVATE,
    ...systems.map(({ network }) => network),
    ...ownNetworks(configuration).map(({ network }) => network),
    ...networksOf(configuration, profile),
  ]);
  /** The candidates of a client there, as its subnet tells, and what rules have removed. */
  const textOf = (address: Address, byResolver: boolean): string => {
    const candidates = candidatesOf(configuration, profile, address, byResolver);
    return `${candidatesText(candidates)} ${rulesText(candidates)}`;
  };
  const textAt = keep((address) => textOf(address, false));
  const resolversTextAt = keep((address) => textOf(address, true));
  const sticky = longestSticky(configuration, profile);
  /** What decides for a subnet there. Sticky profiles tell IPv4 from IPv6, wherever it stands. */
  const wordAt = keep((address) => {
    if (isSetAside(configuration, profile, address)) return "the resolver";
    return `candidates ${textAt(address)}${sticky === undefined ? "" : ` of IPv${address.family}`}`;
  });
  const isUniform = (network: Range): boolean => new Set(samplesIn(network, cuts).map(wordAt)).size === 1;
  // A resolver may be anywhere, in a private network too, so that is no difference of its own here.
  const everywhere = [...samplesIn(WHOLE_IPV4, cuts), ...samplesIn(WHOLE_IPV6, cuts)];
  const texts = new Set([...everywhere.map(textAt), ...everywhere.map(resolversTextAt)]);
  const isSameForAll = !inService(configuration, profile) || (sticky === undefined && texts.size === 1);
  return {
    scopeOf(address, question) {
      if (isSameForAll || isNodataForAll(configuration, profile, question)) return 0;
      // Of networks around one address those that are longer are uniform too.
      let [above, length] = [0, bitsOf(address.family)];
      while (length - above > 1) {
        const middle = (above + length) >> 1;
        if (isUniform(networkAround(address, middle))) length = middle;
        else above = middle;
      }
      return isSetAside(configuration, profile, countedAs(address))
        ? length
        : Math.max(length, prefixAt(address, sticky));
    },
  };
}

interface Prefix {
  readonly ipv4: number;
  readonly ipv6: number;
}

/** Of the profile and of all that are nested in it. */
function longestSticky(configuration: Configuration, profile: string): Prefix | undefined {
  const { sticky } = configuration.profiles[profile]!;
  const own = sticky === "client" ? {} : sticky;
  const all = [
    ...(own === undefined ? [] : [{ ipv4: own.ipv4 ?? 24, ipv6: own.ipv6 ?? 56 }]),
    ...countingEndpoints(configuration, profile).flatMap(({ profile: nested }) => {
      return (nested === undefined ? undefined : longestSticky(configuration, nested)) ?? [];
    }),
  ];
  if (all.length === 0) return undefined;
  return { ipv4: Math.max(...all.map(({ ipv4 }) => ipv4)), ipv6: Math.max(...all.map(({ ipv6 }) => ipv6)) };
}

/** The bits of this address that sticky profiles look at: of IPv4 inside IPv6 those before it too. */
function prefixAt(address: Address, prefix: Prefix | undefined): number {
  if (prefix === undefined) return 0;
  if (address.family === 4) return prefix.ipv4;
  const form = IPV4_FORMS.find(({ network }) => holds(network, address));
  return form === undefined ? prefix.ipv6 : 128 - 32 - Number(form.shift) + prefix.ipv4;
}

/** Whether nothing behind the profile ever answers the type, so that where the client is makes no difference. */
function isNodataForAll(configuration: Configuration, profile: string, question: Question): boolean {
  const rule = regionRule(configuration.profiles[profile]!);
  // What a geographic profile says in place of whenAllDown is NODATA too.
  const whenAllDown = rule === "climb" || rule === "nearest" ? configuration.profiles[profile]!.whenAllDown : "nodata";
  if (whenAllDown === "servfail" || mayFailByRule(configuration, profile)) return false;
  const fallback = typeof whenAllDown === "object" ? [whenAllDown.fallback] : [];
  const endpoints = countingEndpoints(configuration, profile);
  const targets = [...fallback, ...endpoints.flatMap(({ address, host }) => address ?? host ?? [])];
  return (
    targets.every((target) => targetParts(target, question)[0]!.kind === "nobody") &&
    endpoints.every(({ profile: nested }) => nested === undefined || isNodataForAll(configuration, nested, question))
  );
}

/** Whether a rule that says SERVFAIL takes an endpoint of the profile, or its fallback, from some clients. */
function mayFailByRule(configuration: Configuration, name: string): boolean {
  const profile = configuration.profiles[name]!;
  const { whenAllDown } = profile;
  const own = countingEndpoints(configuration, name).filter((endpoint) => endpoint.profile === undefined);
  const keepsClients = ["serve", "nodata"].includes(regionRule(profile));
  const fallback = typeof whenAllDown === "object" && !keepsClients ? [whenAllDown] : [];
  return rulesOf(configuration).some(
    (rule) =>
      rule.whenNoneCompliant === "servfail" &&
      isForProfile(configuration, rule, name) &&
      [...own, ...fallback].some(({ labels }) => !complies(labels, rule)),
  );
}

/** Of an address as it counts; each is asked once. */
function keep(textOf: (address: Address) => string): (address: Address) => string {
  const kept = new Map<string, string>();
  return (address) => {
    const counted = countedAs(address);
    const key = `${counted.family} ${counted.value}`;
    const text = kept.get(key) ?? textOf(counted);
    kept.set(key, text);
    return text;
  };
}

const WHOLE_IPV4 = networkAround({ family: 4, value: 0n }, 0);
const WHOLE_IPV6 = networkAround({ family: 6, value: 0n }, 0);

interface Cuts {
  readonly ipv4: readonly bigint[];
  readonly ipv6: readonly bigint[];
}

/** Where something may begin to be different. */
function cutsOf(networks: readonly Range[]): Cuts {
  const edges = (family: 4 | 6): readonly bigint[] => [
    ...new Set(networks.flatMap((network) => (network.family === family ? [network.first, network.end] : []))),
  ];
  return { ipv4: edges(4), ipv6: edges(6) };
}

/** One address of each stretch of the network in which nothing changes. */
function samplesIn(network: Range, cuts: Cuts): readonly Address[] {
  const { family, first } = network;
  const inside = family === 4 ? [] : IPV4_FORMS.flatMap((form) => samplesOfForm(form, network, cuts));
  const values = [first, ...(family === 4 ? cuts.ipv4 : cuts.ipv6), ...inside];
  return values.map((value) => ({ family, value })).filter((address) => holds(network, address));
}

/** Edges of the form itself, and of the IPv4 networks in it; of Teredo in one /96, since what is in front repeats them. */
function samplesOfForm({ network: form, shift, inverted }: Ipv4Form, within: Range, { ipv4 }: Cuts): readonly bigint[] {
  const start = within.first > form.first ? within.first : form.first;
  const front = inverted ? networkAround({ family: 6, value: start }, 96).first : form.first;
  const edges = ipv4.map((edge) => (inverted ? (1n << 32n) - edge : edge));
  return [form.first, form.end, front, ...edges.map((edge) => front + (edge << shift))];
}
