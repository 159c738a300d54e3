/**
 * The report of `geosteer residency` as plain data: which clients may get which endpoints of the profiles that residency
 * rules cover, rule by rule whether it holds, and what all of it was made of. docs/residency-report.md has the fields.
 */
import type { ResidencyFinding } from "../../config/residency-findings.ts";
import { answeringText, violationText } from "../../config/residency-findings.ts";
import { candidatesFor, type Candidates } from "../../routing/candidates.ts";
import { profilesWithin } from "../../routing/in-service.ts";
import type { Client } from "../../routing/order.ts";
import type { Question } from "../../routing/fork.ts";
import {
  answeringIn,
  answeringKey,
  labelsOf,
  removedIn,
  violating,
  type Answering,
} from "../../routing/residency/answering.ts";
import {
  classesOf,
  distinctionsOf,
  rulesAround,
  UNKNOWN,
  type ClientClass,
} from "../../routing/residency/client-classes.ts";
import { complies } from "../../routing/residency/compliance.ts";
import { covers } from "../../routing/residency/covers.ts";
import { askedAndCovered } from "../../routing/residency/proof.ts";
import { outcomeKey, reachOf } from "../../routing/residency/reach.ts";
import type { Labels, Profile, ResidencyRule, Snapshot } from "../../routing/snapshot.ts";
import { narrowestRegion } from "../../shared/regions/region-chain.ts";
import type { Attribution } from "./attribution.ts";
import { ruleWords } from "./rule-words.ts";

export interface ResidencyReport {
  /** ISO 8601, in UTC. */
  readonly made: string;
  readonly version: string;
  readonly configuration: Source;
  /** Zone files that it names. */
  readonly zoneFiles: readonly Source[];
  readonly databases: readonly (Source & { readonly type: string; /** A date. */ readonly built: string })[];
  readonly attribution: readonly Attribution[];
  readonly shares: SharesSource;
  readonly pass: boolean;
  readonly rules: readonly ReportedRule[];
  readonly matrix: readonly ReportRow[];
  /** With `--verify`. */
  readonly verified: readonly VerifiedAddress[] | undefined;
}

export interface Source {
  readonly file: string;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** Whose shares are shown: of a server as it is now, or of the configuration while all endpoints are online. */
export type SharesSource =
  | {
      readonly of: "server";
      readonly server: string;
      readonly generation: number;
      /** Whether its generation has the files of this report. */
      readonly configuration: "same" | "other" | "unknown";
    }
  | { readonly of: "all-online"; readonly why: string };

export interface ReportedRule {
  readonly name: string;
  /** What it says, as a sentence or two. */
  readonly words: string;
  readonly profiles: readonly string[];
  readonly pass: boolean;
  readonly reasons: readonly { readonly code: string; readonly text: string; readonly wanted: string }[];
}

/** One profile and the clients of one region. */
export interface ReportRow {
  readonly profile: string;
  /** The most specific that the profile or a rule names; a network, or `unknown`. */
  readonly region: string;
  /** The same; where the clients of a region have different endpoints, with an example: `EU (such as GF)`. */
  readonly clients: string;
  readonly placedBy: Client["placedBy"];
  /** The rules that cover these clients here. */
  readonly rules: readonly string[];
  readonly endpoints: readonly ReportedEndpoint[];
  /** What else may be answered to a client that asks for A and AAAA. */
  readonly otherwise: readonly ("nodata" | "servfail")[];
  readonly removed: readonly { readonly endpoint: string; readonly rule: string; readonly because: string }[];
  /** Whose shares are shown where distance decides: of clients there, others of the row may have others. */
  readonly sharesIn: string | undefined;
  /** Whether all states of health were looked at. */
  readonly exact: boolean;
}

export interface ReportedEndpoint {
  /** `PROFILE/ENDPOINT`, or the fallback of a profile. */
  readonly endpoint: string;
  readonly site: string | undefined;
  readonly labels: Labels;
  /** Those of the row that are about its profile. */
  readonly rules: readonly string[];
  /** Whether some state of health brings it; else only what an operator overrides. */
  readonly by: "health" | "override";
  /** 0 to 1, of those that ask for A; undefined = not known. */
  readonly share: number | undefined;
}

export interface VerifiedAddress {
  readonly endpoint: string;
  /** Undefined: a host, which is not resolved. */
  readonly address: string | undefined;
  readonly jurisdiction: string;
  /** Where the databases have it, and which one; undefined = nowhere. */
  readonly found: { readonly region: string; readonly source: string } | undefined;
  readonly result: "inside" | "outside" | "unknown" | "not-looked-up";
}

/** Shares by endpoint, as `ReportedEndpoint.endpoint` names it; undefined = they are not known. */
export type SharesOf = (
  profile: Profile,
  client: Client,
  candidates: Candidates,
) => Promise<ReadonlyMap<string, number> | undefined>;

export interface MatrixRequest {
  readonly snapshot: Snapshot;
  /** One of each kind. */
  readonly clients: readonly Client[];
  /** Undefined = all rules. */
  readonly rule: ResidencyRule | undefined;
  readonly sharesOf: SharesOf;
  readonly onProgress: (done: number, all: number) => void;
}

export interface Matrix {
  readonly rows: readonly ReportRow[];
  /** What the engine never does, looked at once more in what it has given: a covered endpoint that does not comply. */
  readonly broken: readonly { readonly rule: string; readonly text: string }[];
}

export async function matrixOf({ snapshot, clients, rule, sharesOf, onProgress }: MatrixRequest): Promise<Matrix> {
  const all = askedAndCovered(snapshot).filter(
    (profile) => rule === undefined || profilesWithin(snapshot, profile).some(({ id }) => rule.profiles.includes(id)),
  );
  const rows: ReportRow[] = [];
  const broken: Matrix["broken"][number][] = [];
  for (const [done, profile] of all.entries()) {
    onProgress(done, all.length);
    const around = rulesAround(snapshot, profile);
    const distinctions = distinctionsOf(snapshot, profile);
    const classes = classesOf(clients, distinctions).map((found): RowClients => {
      const rules = around.filter((one) => covers(one.clients, found.client));
      return { ...found, rules, candidates: candidatesFor(snapshot, profile, found.client) };
    });
    const groups = [...Map.groupBy(classes, rowKey).values()].toSorted((one, other) => byRegion(one[0]!, other[0]!));
    const isTold = (region: string): boolean => groups.filter((group) => group[0]!.region === region).length > 1;
    for (const alike of groups) {
      const { region, named, client } = alike[0]!;
      const place = distinctions.hasPoint ? narrowestRegion(client.location) : undefined;
      rows.push({
        ...(await rowOf(snapshot, profile, alike, sharesOf)),
        clients: isTold(region) ? named : region,
        sharesIn: place === region ? undefined : place,
      });
      broken.push(...brokenFences(profile, alike));
    }
  }
  return { rows, broken };
}

/** Clients of a row: alike but for what the profile does not name, and for the order that distance gives. */
interface RowClients extends ClientClass {
  readonly rules: readonly ResidencyRule[];
  readonly candidates: Candidates;
}

function rowKey({ region, client, rules, candidates }: RowClients): string {
  const who = answeringIn(candidates).map(answeringKey).toSorted();
  return JSON.stringify([region, client.placedBy, rules.map(({ name }) => name), who]);
}

/** All others, then those that nobody knows, come last. */
function byRegion({ region: one }: RowClients, { region: other }: RowClients): number {
  const rank = (region: string): number => ["WORLD", UNKNOWN].indexOf(region);
  return rank(one) - rank(other) || (one < other ? -1 : Number(one > other));
}

async function rowOf(
  snapshot: Snapshot,
  profile: Profile,
  alike: readonly RowClients[],
  sharesOf: SharesOf,
): Promise<Omit<ReportRow, "clients" | "sharesIn">> {
  const answering = new Map<string, Answering>();
  const reached = new Set<string>();
  const otherwise = new Set<"nodata" | "servfail">();
  const removed = new Map<string, ReportRow["removed"][number]>();
  let exact = true;
  for (const { candidates } of alike) {
    const { outcomes, isExact } = reachOf(snapshot, candidates, { anyDistance: true });
    exact &&= isExact;
    for (const at of answeringIn(candidates)) answering.set(answeringKey(at), at);
    for (const outcome of outcomes) {
      reached.add(outcomeKey(outcome));
      const { kind, questions } = outcome;
      if ((kind === "nodata" || kind === "servfail") && ADDRESSES.every((one) => questions.includes(one))) {
        otherwise.add(kind);
      }
    }
    for (const { rule, ...at } of removedIn(candidates)) {
      const because = violating(at, rule).violations.map(violationText).join(", ");
      removed.set(`${rule.name} ${answeringKey(at)}`, { endpoint: answeringText(at), rule: rule.name, because });
    }
  }
  const [{ region, client, rules, candidates }] = alike as readonly [RowClients, ...RowClients[]];
  const shares = await sharesOf(profile, client, candidates);
  return {
    profile: profile.name,
    region,
    placedBy: client.placedBy,
    rules: rules.map(({ name }) => name),
    endpoints: [...answering]
      .toSorted(([, one], [, other]) => fallbackLast(one) - fallbackLast(other))
      .map(([key, at]) => ({
        endpoint: answeringText(at),
        site: at.endpoint?.site,
        labels: labelsOf(at),
        rules: rules.filter(({ profiles }) => profiles.includes(at.profile.id)).map(({ name }) => name),
        by: reached.has(key) ? "health" : "override",
        share: shares === undefined ? undefined : (shares.get(answeringText(at)) ?? 0),
      })),
    otherwise: [...otherwise].toSorted(),
    removed: [...removed.values()],
    exact,
  };
}

const ADDRESSES: readonly Question[] = ["A", "AAAA"];

function fallbackLast({ endpoint }: Answering): number {
  return Number(endpoint === undefined);
}

function brokenFences(asked: Profile, alike: readonly RowClients[]): Matrix["broken"] {
  return alike.flatMap(({ region, rules, candidates }) =>
    answeringIn(candidates).flatMap((at) =>
      rules
        .filter((rule) => rule.profiles.includes(at.profile.id) && !complies(labelsOf(at), rule))
        .map(({ name }) => ({
          rule: name,
          text: `clients of ${region} may get ${answeringText(at)} from ${asked.name}`,
        })),
    ),
  );
}

export function rulesOf(
  snapshot: Snapshot,
  findings: readonly ResidencyFinding[],
  broken: Matrix["broken"],
  rule: ResidencyRule | undefined,
): readonly ReportedRule[] {
  return (rule === undefined ? snapshot.residency : [rule]).map((one) => {
    const reasons = [
      ...findings
        .filter(({ rules }) => rules.length === 0 || rules.includes(one.name))
        .map(({ code, what, found, wanted }) => ({ code, text: `${what}: ${found}`, wanted })),
      ...broken
        .filter(({ rule: name }) => name === one.name)
        .map(({ text }) => ({
          code: "residency-broken",
          text: `a fault of geosteer: ${text}`,
          wanted: "that you report it",
        })),
    ];
    return {
      name: one.name,
      words: ruleWords(one, snapshot),
      profiles: one.profiles.map((id) => snapshot.profiles[id]!.name),
      pass: reasons.length === 0,
      reasons,
    };
  });
}
