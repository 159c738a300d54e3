/** Random configurations, clients and address spaces for property tests: from small pools, so that things meet often. */
import * as fc from "fast-check";
import type { Client } from "../../src/routing/order.ts";
import { probedView, type HealthView } from "../../src/routing/health-view.ts";
import type { LabelTerms, MethodName } from "../../src/routing/snapshot.ts";
import type { Snapshot } from "../../src/routing/snapshot.ts";
import { formatIpAddress, formatIpPrefix, networkOf, type IpAddress } from "../../src/shared/ip-address.ts";
import { compareAddresses } from "../../src/shared/ip-range.ts";
import { addressOfNumber, locationOf } from "./leaf-tables.ts";
import { cidr, ip, snapshotOf, type EndpointSpec, type ProfileSpec, type RuleSpec } from "./snapshot.ts";

/** Three of Azure's groupings, subdivisions of two countries; GF is of the EU and in South America, NO of the EEA alone. */
export const PLACES = ["DE", "DE-BY", "DE-BE", "FR", "GF", "NO", "US", "US-CA", "BR"] as const;
/** Each is as large as no other that shares a country with it. */
const GROUPINGS = { twin: "BR US", dach: "AT CH DE", rim: "BR FR NO US" } as const;
const REGIONS = [...PLACES, "GEO-EU", "GEO-NA", "GEO-SA", "EU", "EEA", "twin", "dach", "rim", "WORLD"] as const;

/** One inside the other, and one that is private. */
const OWN_NETWORKS = {
  hq: { cidrs: ["203.0.112.0/20", "2001:db8:20::/44"], country: "NO" },
  lab: { cidrs: ["203.0.113.64/26", "10.20.0.0/16"], country: "US" },
} as const;

/** Where networks lie: in the open, deep down, and around and inside the forms of IPv4 in IPv6. */
const BASES = [
  "0.0.0.0/0",
  "10.0.0.0/8",
  "203.0.113.0/24",
  "::/0",
  "2000::/4",
  "2001:db8::/32",
  "2001::/30",
  "2000::/14",
  "2002:a00::/24",
  "::fffc:0:0/94",
  "64:ff9b::/95",
] as const;

/** Below one of the bases by some random bits; host bits are zero. */
export const network = fc
  .record({ base: fc.constantFrom(...BASES), bits: fc.nat({ max: 255 }), more: fc.nat({ max: 8 }) })
  .map(({ base, bits, more }) => {
    const { address, length } = cidr(base);
    const size = address.octets.length * 8;
    const longer = Math.min(size, length + more);
    return formatIpPrefix(
      networkOf(filled(address, length, BigInt(bits) << BigInt(Math.max(0, size - length - 8))), longer),
    );
  });

/** From an address in one network to one in another of the family, in either order of these; often across many. */
const range = fc
  .tuple(network, network)
  .map((ends) => ends.map((end) => cidr(end).address))
  .filter(([a, b]) => a!.family === b!.family)
  .map((ends) => ends.toSorted(compareAddresses).map(formatIpAddress).join("-"));

/** Networks and the place of each, "" = nobody knows; as databases and own networks say it. */
export const addressSpace = fc.array(fc.tuple(network, fc.constantFrom("", ...PLACES)), { maxLength: 12 });

/** Any address in one of the networks, or of one of the bases where there are none. */
export function addressIn(networks: readonly string[]): fc.Arbitrary<IpAddress> {
  return fc
    .tuple(fc.constantFrom(...networks, ...BASES), fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }))
    .map(([text, rest]) => {
      const { address, length } = cidr(text);
      return filled(address, length, rest);
    });
}

/** The address with the bits behind `length` set from `rest`. */
function filled({ family, octets }: IpAddress, length: number, rest: bigint): IpAddress {
  const size = octets.length * 8;
  const host = (1n << BigInt(size - length)) - 1n;
  const network = octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
  return addressOfNumber(family, network | (rest & host));
}

export const client: fc.Arbitrary<Client> = fc.record({
  address: fc.constantFrom("192.0.2.77", "10.1.2.3", "2001:db8::7").map(ip),
  location: fc.constantFrom("", ...PLACES).map((code) => locationOf(code)),
  placedBy: fc.constantFrom("client", "resolver"),
});

const method = fc.constantFrom<MethodName[]>(
  "priority",
  "weighted",
  "performance",
  "geographic",
  "multivalue",
  "subnet",
);

const mostly = fc.constantFrom(true, true, true, true, false);
const seldom = fc.constantFrom(false, false, false, false, true);

const target = fc.constantFrom<EndpointSpec[]>(
  { address: ["192.0.2.1"] },
  { address: ["192.0.2.1", "2001:db8::1"] },
  { address: ["2001:db8::1"] },
  { host: "www.example.net" },
);

const labels = fc.constantFrom<Readonly<Record<string, string>>[]>(
  { jurisdiction: "EU" },
  { jurisdiction: "EU", provider: "own" },
  { jurisdiction: "US", provider: "cloud" },
  { provider: "cloud" },
  {},
);

/** Names that rules are for are those of profiles. */
function ruleOf(profiles: readonly string[]): fc.Arbitrary<RuleSpec> {
  return fc.record(
    {
      clients: fc.oneof(
        fc.constant(["all"]),
        fc.subarray(["EU", "DE", "US", "GEO-EU", "DE-BY", "rim", "hq", "lab"], { minLength: 1, maxLength: 3 }),
      ),
      profiles: fc.subarray([...profiles], { minLength: 1 }),
      require: fc.constantFrom<LabelTerms[]>(
        { jurisdiction: ["EU"] },
        { jurisdiction: ["EU", "US"] },
        { provider: ["own"] },
      ),
      forbid: fc.constantFrom<LabelTerms[]>({ provider: ["cloud"] }, { jurisdiction: ["US"] }),
      unknown: fc.boolean(),
      resolverOnly: seldom,
      whenNoneCompliant: fc.constantFrom("nodata" as const, "servfail" as const),
    },
    { requiredKeys: ["clients", "profiles"] },
  );
}

/** None in most configurations. */
function rulesFor(profiles: readonly string[]): fc.Arbitrary<Readonly<Record<string, RuleSpec>>> {
  return fc
    .oneof(fc.constant([]), fc.array(ruleOf(profiles), { minLength: 1, maxLength: 2 }))
    .map((rules) => Object.fromEntries(rules.map((rule, i) => [`r${i}`, rule])));
}

/** Nests profiles behind its own alone, so that there are no loops. */
function endpointOf(children: readonly string[]): fc.Arbitrary<EndpointSpec> {
  const nested = children.map((child) =>
    fc.record({
      nested: fc.constant(child),
      minHealthy: fc.integer({ min: 1, max: 2 }),
      minHealthyIPv4: fc.nat({ max: 1 }),
      minHealthyIPv6: fc.nat({ max: 1 }),
    }),
  );
  return fc
    .tuple(
      fc.oneof<fc.Arbitrary<EndpointSpec>[]>(target, ...nested),
      fc.record({
        enabled: mostly,
        priority: fc.integer({ min: 1, max: 1000 }),
        weight: fc.integer({ min: 1, max: 1000 }),
        networks: fc.array(fc.oneof(network, network, range), { maxLength: 1 }),
        asns: fc.uniqueArray(fc.constantFrom(64_500, 64_501, 64_502), { maxLength: 1 }),
        alwaysServe: seldom,
        monitored: mostly,
        labels,
        standby: seldom,
        bias: fc.constantFrom(0, 0, 50, -60),
        /** Of four endpoints less than all. */
        trickle: fc.constantFrom(0, 0, 0, 0.01, 0.24),
      }),
      fc.option(fc.constantFrom(...PLACES), { nil: undefined }),
    )
    .map(joined);
}

function joined([where, rest, at]: [EndpointSpec, EndpointSpec, string | undefined]): EndpointSpec {
  return { ...where, ...rest, ...(at !== undefined && { at }) };
}

const whenAllDown = fc.constantFrom<ProfileSpec["whenAllDown"][]>(
  { action: "serveAll" },
  { action: "nodata" },
  { action: "servfail" },
  { action: "fallback", target: { kind: "address", ipv4: [ip("198.51.100.99")], ipv6: [] } },
  { action: "fallback", target: { kind: "host", host: "sorry.example.net" } },
  { action: "fallback", target: { kind: "host", host: "eu.example.net" }, labels: { jurisdiction: "EU" } },
);

function profileOf(children: readonly string[]): fc.Arbitrary<ProfileSpec> {
  return fc
    .record({
      method,
      enabled: mostly,
      whenAllDown: whenAllDown.map((action) => action!),
      whenRegionDown: fc.constantFrom("climb" as const, "nearest" as const, "serve" as const, "nodata" as const),
      tolerance: fc.constantFrom(0, 0.05, 1),
      maxAnswers: fc.integer({ min: 1, max: 4 }),
      families: fc.constantFrom("tier" as const, "strict" as const, "any" as const),
      endpoints: fc.array(endpointOf(children), { minLength: 1, maxLength: 4 }),
      regions: fc.shuffledSubarray([...REGIONS], { minLength: 6 }),
    })
    .map(dealt);
}

interface Undealt extends Omit<ProfileSpec, "endpoints"> {
  readonly endpoints: readonly EndpointSpec[];
  readonly regions: readonly string[];
}

/** A region is on one endpoint: they are dealt out in turn. What the method does not have is not there, as config leaves it. */
function dealt({ endpoints: all, regions, ...profile }: Undealt): ProfileSpec {
  const endpoints = all.map((endpoint) => ofMethod(profile.method!, endpoint));
  const own = (index: number): readonly string[] => regions.filter((_, i) => i % endpoints.length === index);
  const entries = endpoints
    .entries()
    .map(([i, endpoint]) => [`e${i}`, Object.assign({}, endpoint, { regions: own(i) })]);
  return { ...profile, endpoints: Object.fromEntries(entries) as ProfileSpec["endpoints"] };
}

function ofMethod(name: MethodName, endpoint: EndpointSpec): EndpointSpec {
  const { nested: _, host: __, ...addressed } = endpoint;
  return {
    ...(name === "multivalue" ? { ...addressed, address: endpoint.address ?? ["192.0.2.9", "2001:db8::9"] } : endpoint),
    networks: HAS_NETWORKS.has(name) ? (endpoint.networks ?? []) : [],
    standby: HAS_STANDBY.has(name) && endpoint.standby === true,
    trickle: HAS_TRICKLE.has(name) ? (endpoint.trickle ?? 0) : 0,
    bias: name === "performance" ? (endpoint.bias ?? 0) : 0,
  };
}

const HAS_NETWORKS: ReadonlySet<MethodName> = new Set<MethodName>(["performance", "geographic", "subnet"]);
const HAS_STANDBY: ReadonlySet<MethodName> = new Set<MethodName>(["weighted", "performance", "multivalue"]);
const HAS_TRICKLE: ReadonlySet<MethodName> = new Set<MethodName>(["priority", "weighted", "performance"]);

const NAMES = ["p0", "p1", "p2", "p3"] as const;

/** One to four profiles; the first may nest all others. */
export const snapshot: fc.Arbitrary<Snapshot> = fc
  .integer({ min: 1, max: NAMES.length })
  .chain((count) => {
    const names = NAMES.slice(0, count);
    return fc.tuple(fc.tuple(...names.map((_, i) => profileOf(names.slice(i + 1)))), rulesFor(names));
  })
  .map(([profiles, residency]) =>
    snapshotOf({
      groupings: GROUPINGS,
      // Without rules nobody tells them apart from other places.
      networks: Object.keys(residency).length === 0 ? {} : OWN_NETWORKS,
      profiles: Object.fromEntries(profiles.map((profile, i) => [NAMES[i]!, profile])),
      residency,
    }),
  );

/** A status for each endpoint, whatever their number. */
export const health: fc.Arbitrary<HealthView> = fc
  .array(fc.constantFrom("online" as const, "degraded" as const, "checking" as const), { minLength: 1, maxLength: 16 })
  .map((statuses) => probedView((endpoint) => statuses[endpoint % statuses.length]!));

/** The same with what operators have them be. */
export const states: fc.Arbitrary<HealthView> = fc
  .array(
    fc.record({
      status: fc.constantFrom("online" as const, "degraded" as const, "checking" as const),
      forced: fc.constantFrom(undefined, undefined, undefined, "up" as const, "down" as const, "out" as const),
      share: fc.constantFrom(1, 1, 1, 0.75, 0.5, 1 / 64),
      load: fc.constantFrom(1, 1, 1, 1, 0.75, 0.5, 1 / 64, 0, 0),
      addressesDown: fc.constantFrom(0, 0, 0, 1, 2, 3),
      ttlStep: fc.constantFrom(0, 0, 0, 1, 7, 15),
    }),
    { minLength: 1, maxLength: 16 },
  )
  .map((all) => ({ stateOf: (endpoint) => all[endpoint % all.length]! }));
