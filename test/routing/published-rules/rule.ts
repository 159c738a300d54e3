/**
 * A rule that the documentation of another service publishes, as a profile of ours and what it answers. Each is asked of
 * the engine and of the server by `published-rules.test.ts`; docs/azure-and-route53.md lists them.
 */
import type { Status } from "../../../src/routing/health-view.ts";

export interface PublishedRule {
  readonly source: Source;
  readonly section: string;
  /** What it says, in a sentence. */
  readonly rule: string;
  readonly profiles: Profiles;
  /** Endpoints that are not online, by `profile/endpoint`. */
  readonly health?: Readonly<Record<string, "degraded" | "checking">>;
  /** Who asks; default: somebody whose place nobody knows. */
  readonly client?: Client;
  /** Default: A. */
  readonly type?: "A" | "AAAA" | "CNAME" | "ANY";
  /** What `p` answers. */
  readonly answer: Answers;
  /** Of profiles and of `profile/endpoint`. */
  readonly status?: Readonly<Record<string, Status>>;
  /** Where ours is another: what theirs is, and why. */
  readonly differs?: { readonly theirs: string; readonly why: string };
}

/**
 * `profile/endpoint`, with a `+` between those that are answered together; NODATA, NXDOMAIN or HINFO; of several that chance
 * decides among, each with its probability. `refused`: the code of what is wrong with such a configuration.
 */
export type Answers = string | Readonly<Record<string, number>> | Refused;

export interface Refused {
  readonly refused: string;
}

/** By name, as a configuration has them; what is the same in all is left out. `p` has a DNS name. */
export type Profiles = Readonly<
  Record<string, { readonly endpoints: Readonly<Record<string, EndpointKeys>>; readonly [key: string]: unknown }>
>;

/** One without a target has an address of its own. */
export type EndpointKeys = Readonly<Record<string, unknown>>;

/** Where clients are. */
export const CLIENTS = {
  IE: "198.51.100.1",
  ES: "198.51.100.2",
  DE: "198.51.100.3",
  IL: "198.51.100.4",
  BR: "198.51.100.5",
  CA: "198.51.100.6",
  "US-CA": "198.51.100.7",
  "US-NY": "198.51.100.8",
  /** In 203.0.113.0/24. */
  office: "203.0.113.7",
  nowhere: "192.0.2.200",
} as const;

export type Client = keyof typeof CLIENTS;

export interface Source {
  readonly service: "Azure Traffic Manager" | "Amazon Route 53";
  readonly title: string;
  readonly url: string;
  /** Which text of it was read: its own date, or when. */
  readonly of: string;
}
