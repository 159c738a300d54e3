/** The reference model asked in a few words, for rows in tests. */
import { parse } from "yaml";
import { countedAs, parseAddress } from "./addresses.ts";
import { candidatesOf, candidatesText } from "./candidates.ts";
import type { Configuration } from "./configuration.ts";
import { answersOf } from "./answers-of.ts";
import type { Answer, Asked, Known, Question, Ruling } from "./steering-model.ts";

/** FR and DE by country, BY by subdivision, one at a point; 10.50.0.0/16 is a private network that is known. */
const NETWORKS = `
geoip: { networks: {
  fr: { cidrs: [198.51.100.0/24, "2001:db8:f::/48"], location: FR }, de: { cidrs: 192.0.2.0/24, location: DE },
  by: { cidrs: 192.0.2.128/25, location: DE-BY }, o: { cidrs: 203.0.113.0/24, location: [0, 0] },
  lab: { cidrs: 10.50.0.0/16, location: DE } } }`;

export const FR = "198.51.100.1";
export const DE = "192.0.2.1";
export const BAVARIA = "192.0.2.129";
export const EQUATOR = "203.0.113.1";
export const NOWHERE = "8.8.8.8";

/** Profiles in YAML; the first is asked. */
export function configured(profiles: string, networks = NETWORKS): Configuration {
  return parse(`${networks}\nprofiles:\n${profiles}`) as Configuration;
}

export interface Case {
  readonly client?: string;
  readonly resolver?: string;
  readonly type?: Question;
  readonly down?: readonly string[];
  readonly ruled?: Readonly<Record<string, Ruling>>;
  readonly known?: Readonly<Record<string, Partial<Known>>>;
  /** The default is the first. */
  readonly profile?: string;
}

/** A row of a test table. */
export type Row = readonly [what: string, profiles: string, asked: Case, answer: string];

/** Of the reference model. */
export function answered(configuration: Configuration, asked: Case): string {
  return textOf(answersOf(askedOf(configuration, asked)));
}

export function askedOf(configuration: Configuration, asked: Case): Asked {
  const { client, resolver = NOWHERE, type: question = "A", down = [], ruled = {} } = asked;
  const { profile = firstOf(configuration) } = asked;
  const known = Object.fromEntries(
    Object.entries(asked.known ?? {}).map(([path, some]) => [path, { ...NOTHING_KNOWN, ...some }]),
  );
  return { configuration, profile, client: { subnet: client, resolver }, question, down, ruled, known };
}

const NOTHING_KNOWN: Known = { load: 1, ramp: 1, without: 0, step: 0 };

/** `0.75 192.0.2.1 | 0.25 NODATA`, likely ones first; without a probability what is certain. */
export function textOf(answers: ReadonlyMap<Answer, number>): string {
  return [...answers]
    .map(([answer, probability]) => [Number(probability.toFixed(4)), answer] as const)
    .toSorted(([a, x], [b, y]) => b - a || (x < y ? -1 : 1))
    .map(([probability, answer]) => (probability === 1 ? answer : `${probability} ${answer}`))
    .join(" | ");
}

/** `a b > c`: a and b share the clients, c comes after them. */
export function candidates(profiles: string, client: string): string {
  const configuration = configured(profiles);
  return candidatesText(candidatesOf(configuration, firstOf(configuration), countedAs(parseAddress(client))));
}

export function firstOf({ profiles }: Configuration): string {
  return Object.keys(profiles)[0]!;
}
