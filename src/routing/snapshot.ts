/**
 * The checked configuration as the engine sees it: immutable plain data that can be posted to a worker.
 * Config builds it; server, health and CLI read it. Nothing here knows about sockets, health or time, nor about static
 * data (`shared/zone.ts`). How endpoints are probed is in `health/monitoring.ts`.
 */
import type { DomainName } from "../shared/domain-name.ts";
import type { GeoPoint } from "../shared/geo-point.ts";
import type { IpAddress, IpPrefix } from "../shared/ip-address.ts";
import type { IpRange } from "../shared/ip-range.ts";
import type { CountryGrouping } from "../shared/regions/country-grouping.ts";
import type { RegionCode } from "../shared/regions/region.ts";
import type { InRegions } from "../shared/regions/region-chain.ts";

export interface Snapshot {
  /** A profile's `id` is its index here. */
  readonly profiles: readonly Profile[];
  /** All endpoints of all profiles; an endpoint's `id` is its index here and its slot in the health table. */
  readonly endpoints: readonly Endpoint[];
  readonly networks: readonly OwnNetwork[];
  /** Those of law and the operator's own, in the order of the search. */
  readonly groupings: readonly CountryGrouping[];
  /** In the order of the file; `Fence.rule` is an index here. */
  readonly residency: readonly ResidencyRule[];
}

/** Which clients may get only endpoints that comply. Which do not is in the profiles' `fences`. */
export interface ResidencyRule {
  readonly name: string;
  readonly clients: RuleClients;
  /** Ids of the profiles that it covers, ascending: those that it names, and all that are nested in them. */
  readonly profiles: readonly number[];
  /** An endpoint complies that has each of these labels with one of the values, … */
  readonly require: LabelTerms;
  /** … and none of these with one of the values. */
  readonly forbid: LabelTerms;
  /** What clients get of whom a rule has taken all candidates. */
  readonly whenNoneCompliant: "nodata" | "servfail";
}

/** Values by label. */
export type LabelTerms = Readonly<Record<string, readonly string[]>>;

export interface RuleClients {
  readonly all: boolean;
  readonly regions: readonly RegionCode[];
  /** Those of `regions` that are groupings of countries, in the order of the search. */
  readonly groupings: readonly CountryGrouping[];
  /** The addresses of the own networks that it names. */
  readonly networks: readonly IpPrefix[];
  /** Whether it covers clients whose country nobody knows, and that no network of it holds. */
  readonly unknown: boolean;
  /** Whether it covers all whose place is that of their resolver: of queries without a client subnet that is used. */
  readonly resolverOnly: boolean;
}

/** What one rule takes from its clients in one profile, whoever asks and from wherever the profile is nested. */
export interface Fence {
  /** Index in `Snapshot.residency`. */
  readonly rule: number;
  /** That of the rule, for those who have no snapshot. */
  readonly name: string;
  /** Positions of the endpoints that do not comply, ascending. Nested profiles are never among them: they have fences. */
  readonly positions: readonly number[];
  /** Whether the fallback of `whenAllDown` does not comply. */
  readonly fallback: boolean;
}

export interface Profile {
  readonly id: number;
  readonly name: string;
  /** DNS names that the profile answers; none for a profile that is only nested in others. */
  readonly names: readonly DomainName[];
  readonly enabled: boolean;
  readonly method: MethodName;
  readonly policy: Policy;
  /** Seconds; the most where it falls as endpoints near a change of their status. */
  readonly ttl: number;
  /** Seconds, at most `ttl`; above 0 where it is less. */
  readonly minTtl: number;
  /** Seconds that a resolver may keep NODATA which other clients would not get. */
  readonly negativeTtl: number;
  /** Whether the client subnet of a query is used; where not, the resolver's address. */
  readonly ecs: boolean;
  /** In the order of the file. */
  readonly endpoints: readonly Endpoint[];
  readonly families: Families;
  readonly whenAllDown: WhenAllDown;
  /** Whether nobody may stand in for what it decides: a profile around it neither, whatever the type asked for. */
  readonly keepsClients: boolean;
  /** multivalue: how many endpoints are answered together at most; 1 with all other methods. */
  readonly maxAnswers: number;
  /** Whether the addresses of an answer change places from answer to answer. */
  readonly order: "rotate" | "fixed";
  /** The bits of a client's address by which it keeps to an endpoint; undefined: chance decides for each query. */
  readonly sticky: StickyPrefix | undefined;
  /** Of the rules that cover the profile and take something from it. */
  readonly fences: readonly Fence[];
  /** Names of the rules that may remove endpoints from its clients, here or in nested profiles, in the order of the rules. */
  readonly fencedBy: readonly string[];
  /** The ids of the profiles that its own hosts lead to, which are their names or aliases of them. */
  readonly leadsTo: readonly number[];
}

/** Prefix lengths. */
export interface StickyPrefix {
  readonly ipv4: number;
  readonly ipv6: number;
}

/** All that the order of candidates depends on in a profile, its method aside. A method sees nothing else of it. */
export interface Policy {
  /** performance: endpoints at most this share farther than the nearest count as equally near; 0.05 = 5 %. */
  readonly tolerance: number;
  /** geographic. */
  readonly whenRegionDown: WhenRegionDown;
  /** geographic: the groupings of countries that are regions of its endpoints, in the order of the search. */
  readonly groupings: readonly CountryGrouping[];
}

/** Who answers in place of a chosen endpoint that lacks the asked family: its tier, nobody, or later tiers too. */
export type Families = "tier" | "strict" | "any";

export type MethodName = "priority" | "weighted" | "performance" | "geographic" | "multivalue" | "subnet";

export type WhenAllDown =
  | { readonly action: "serveAll" }
  | { readonly action: "nodata" | "servfail" }
  | {
      readonly action: "fallback";
      readonly target: AddressTarget | HostTarget;
      /** Undefined = it has none. */
      readonly labels?: Labels | undefined;
    };

export type WhenRegionDown = "climb" | "nearest" | "serve" | "nodata";

export interface Endpoint {
  readonly id: number;
  readonly name: string;
  readonly profile: number;
  readonly enabled: boolean;
  readonly target: Target;
  readonly placement: Placement;
  /** The name of its site. Neither it nor the labels decide what is answered: its location is in `placement`. */
  readonly site: string | undefined;
  /** Its own and those of its site. Equal ones are one object. */
  readonly labels: Labels;
  /** Whether probes tell its status; where not, and where it is no profile, it is served whatever its health. */
  readonly isProbed: boolean;
  /** In what it may be less than up without being down. Equal ones are one object. */
  readonly wanes: Wanes;
  /** 0 to 0.5: the part of the clients that it gets while it is up and its tier is not reached; 0 = none. */
  readonly trickle: number;
}

export interface Wanes {
  /** Whether its load is known, and leaves clients to others. */
  readonly load: boolean;
  /** Whether its share grows from little as it comes back. */
  readonly ramp: boolean;
  /** Whether each of its addresses may leave its answers by itself. */
  readonly addresses: boolean;
}

/** Texts by key. */
export type Labels = Readonly<Record<string, string>>;

/** All that the order of candidates depends on in an endpoint. A method sees nothing else of it. */
export interface Placement {
  /** priority: 1 to 1000, ascending; the position in the file where none is given. */
  readonly priority: number;
  /** weighted: 1 to 1000. */
  readonly weight: number;
  /** performance, and `whenRegionDown: nearest`. */
  readonly point: GeoPoint | undefined;
  /** geographic. */
  readonly regions: readonly RegionCode[];
  /** Clients of these networks get this endpoint whatever the method would say. */
  readonly networks: readonly IpRange[];
  /** Clients of these autonomous systems get this endpoint, behind those that have it by a network. */
  readonly asns: readonly number[];
  /** performance: −99 to 99; its distances count as × (1 − bias / 100). */
  readonly bias: number;
  /** Whether it stands behind all endpoints that do not. */
  readonly standby: boolean;
}

export interface AddressTarget {
  readonly kind: "address";
  readonly ipv4: readonly IpAddress[];
  readonly ipv6: readonly IpAddress[];
}

export interface HostTarget {
  readonly kind: "host";
  readonly host: DomainName;
}

export interface ProfileTarget {
  readonly kind: "profile";
  /** The nested profile's id. */
  readonly profile: number;
  /** The child is up when at least this many of its endpoints are eligible. */
  readonly minHealthy: number;
  /** The same, of the endpoints with addresses of one family; 0 = not asked for. */
  readonly minHealthyIPv4: number;
  readonly minHealthyIPv6: number;
}

export type Target = AddressTarget | HostTarget | ProfileTarget;

/** Networks that the operator knows better than any database. */
export interface OwnNetwork {
  readonly name: string;
  readonly cidrs: readonly IpPrefix[];
  readonly location: Location;
}

/** What GeoIP, or an own network, knows of a client. */
export interface Location extends InRegions {
  readonly point: GeoPoint | undefined;
  /** The number of the autonomous system, where an endpoint names it; undefined: none that any names. */
  readonly asn: number | undefined;
  /** Where the knowledge of the place comes from: a database's file name or an own network's name. */
  readonly source: string;
}
