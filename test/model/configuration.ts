/** What the reference model reads: the part of a configuration that steers clients, as JSON has it. */

export interface Configuration {
  readonly geoip?: {
    readonly networks?: Readonly<Record<string, OwnNetwork>>;
    /** Codes of countries. */
    readonly groupings?: Readonly<Record<string, readonly string[]>>;
  };
  readonly profiles: Readonly<Record<string, Profile>>;
  readonly residency?: Readonly<Record<string, ResidencyRule>>;
}

export interface ResidencyRule {
  readonly clients: string | readonly string[];
  readonly profiles: string | readonly string[];
  readonly require?: Readonly<Record<string, string | readonly string[]>>;
  readonly forbid?: Readonly<Record<string, string | readonly string[]>>;
  readonly unknownClients?: "fence" | "free";
  readonly resolverOnly?: "fence" | "free";
  readonly whenNoneCompliant?: "nodata" | "servfail";
}

export interface OwnNetwork {
  readonly cidrs: string | readonly string[];
  readonly location: Location;
}

/** A country, a subdivision, or latitude and longitude. */
export type Location = string | readonly [latitude: number, longitude: number];

export type Method = "priority" | "weighted" | "performance" | "geographic" | "multivalue" | "subnet";

export interface Profile {
  readonly method: Method;
  readonly enabled?: boolean;
  readonly ecs?: boolean;
  readonly monitor?: string;
  /** Durations; a fixed one is the test's. */
  readonly ttl?: { readonly max: string; readonly min: string };
  readonly families?: "tier" | "strict" | "any";
  readonly whenAllDown?: "serveAll" | "nodata" | "servfail" | Fallback;
  readonly whenRegionDown?: "climb" | "nearest" | "serve" | "nodata";
  /** `5%`. */
  readonly tolerance?: string;
  readonly maxAnswers?: number;
  readonly sticky?: "client" | { readonly ipv4?: number; readonly ipv6?: number };
  readonly order?: "rotate" | "fixed";
  readonly endpoints: Readonly<Record<string, Endpoint>>;
}

interface Fallback {
  readonly fallback: string | readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
}

export interface Endpoint {
  readonly address?: string | readonly string[];
  readonly host?: string;
  readonly profile?: string;
  readonly enabled?: boolean;
  readonly priority?: number;
  readonly weight?: number;
  readonly location?: Location;
  readonly regions?: readonly string[];
  readonly networks?: string | readonly string[];
  readonly asns?: number | readonly number[];
  readonly bias?: number;
  readonly standby?: boolean;
  readonly trickle?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly alwaysServe?: boolean;
  readonly minHealthy?: number;
  readonly minHealthyIPv4?: number;
  readonly minHealthyIPv6?: number;
}

/** What a profile has by name, in the order of the file. */
export interface NamedEndpoint extends Endpoint {
  readonly name: string;
}

function endpointsOf({ endpoints }: Profile): readonly NamedEndpoint[] {
  return Object.entries(endpoints).map(([name, endpoint]) => ({ name, ...endpoint }));
}

/** In service: enabled, with an endpoint that counts (docs/steering.md section 2). */
export function inService(configuration: Configuration, name: string): boolean {
  const { enabled } = configuration.profiles[name]!;
  return enabled !== false && countingEndpoints(configuration, name).length > 0;
}

/** Those that are enabled and, where they are profiles, in service. All others are as if they were not written. */
export function countingEndpoints(configuration: Configuration, name: string): readonly NamedEndpoint[] {
  return endpointsOf(configuration.profiles[name]!).filter((endpoint) => counts(configuration, endpoint));
}

export function counts(configuration: Configuration, { enabled, profile }: Endpoint): boolean {
  return enabled !== false && (profile === undefined || inService(configuration, profile));
}

/** Those that count, and with `whenRegionDown: serve` or `nodata` those too that keep their clients without an answer. */
export function placedEndpoints(configuration: Configuration, name: string): readonly NamedEndpoint[] {
  const profile = configuration.profiles[name]!;
  const rule = regionRule(profile);
  const keeps = rule === "serve" || rule === "nodata";
  return endpointsOf(profile).filter(
    (endpoint) => counts(configuration, endpoint) || (keeps && endpoint.enabled !== false),
  );
}

/** Whether what probes say of it counts. */
export function isProbed({ profiles }: Configuration, name: string, { profile, alwaysServe }: Endpoint): boolean {
  return profiles[name]!.monitor !== undefined && profile === undefined && alwaysServe !== true;
}

type RegionRule = NonNullable<Profile["whenRegionDown"]>;

/** Of another method than `geographic`: all tiers, as with `climb`. */
export function regionRule({ method, whenRegionDown = "climb" }: Profile): RegionRule {
  return method === "geographic" ? whenRegionDown : "climb";
}
