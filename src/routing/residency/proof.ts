/**
 * Whether residency rules hold in all that can happen, and what they cost: each rule, profile and class of clients is
 * looked at with its candidates, and where an answer would lead on, with all states of health (`reach.ts`). Nothing is
 * sampled. What is found is told with the way that leads there.
 *
 * That a fence holds within a profile needs no proof: what does not comply is no candidate. Found is where it has no power,
 * and where it leaves nothing.
 */
import { candidatesFor, type Candidates } from "../candidates.ts";
import { geographyKey } from "../geography.ts";
import { counts, isInService, profilesWithin } from "../in-service.ts";
import type { Client } from "../order.ts";
import type { Profile, ResidencyRule, RuleClients, Snapshot } from "../snapshot.ts";
import {
  answeringKey,
  hasFallback,
  labelsOf,
  removedIn,
  violating,
  type Answering,
  type Violating,
} from "./answering.ts";
import { classesOf, distinctionsOf, type ClientClass } from "./client-classes.ts";
import { violationsOf } from "./compliance.ts";
import { EVENT_BUDGET } from "./events.ts";
import { waysOut, type Surroundings, type WayOut } from "./ways-out.ts";

export type ProofFinding =
  /** A rule leaves clients of a profile nothing that had something. */
  | {
      readonly kind: "none-left";
      readonly rule: ResidencyRule;
      readonly profile: Profile;
      /** Of the classes. */
      readonly regions: readonly string[];
      readonly removed: readonly Violating[];
    }
  /** Rules leave clients nothing together, each of which alone leaves something. */
  | {
      readonly kind: "contradiction";
      readonly rules: readonly ResidencyRule[];
      readonly profile: Profile;
      readonly regions: readonly string[];
    }
  /** A label that a rule requires is missing altogether. */
  | {
      readonly kind: "unlabelled";
      readonly rule: ResidencyRule;
      readonly at: Answering;
      readonly labels: readonly string[];
    }
  | (WayOut & { readonly kind: "leads-out"; readonly regions: readonly string[] });

export interface Proof {
  readonly findings: readonly ProofFinding[];
  /** Profiles that were not looked at to the end, since the budget was spent. */
  readonly unproven: readonly Profile[];
}

export interface ProofRequest extends Surroundings {
  /** At least one client of each kind that there is. */
  readonly clients: readonly Client[];
  readonly budget?: ProofBudget;
}

/** For all profiles together. */
export interface ProofBudget {
  /** Clients that are put into classes, some 1 µs each. */
  readonly clients: number;
  /** Classes whose candidates are looked at, and again with some rules alone, some 10 µs each in a small profile. */
  readonly classes: number;
  /** Of `reach.ts`. */
  readonly steps: number;
}

const PROOF_BUDGET: ProofBudget = { clients: 2_000_000, classes: 100_000, steps: 16 * EVENT_BUDGET.steps };

export function proveResidency({ snapshot, clients, profileAt, budget = PROOF_BUDGET }: ProofRequest): Proof {
  if (snapshot.residency.length === 0) return { findings: [], unproven: [] };
  const left = { ...budget };
  const findings = createFindings();
  const unproven: Profile[] = [];
  const withRules = createWithRules(snapshot);
  const known = new Map<string, readonly ClientClass[]>();
  for (const profile of askedAndCovered(snapshot)) {
    const distinctions = distinctionsOf(snapshot, profile);
    const key = geographyKey(snapshot, profile) + JSON.stringify([[...distinctions.regions], distinctions.placedBy]);
    if (!known.has(key)) left.clients -= clients.length;
    const classes = known.get(key) ?? (left.clients < 0 ? [] : classesOf(clients, distinctions));
    known.set(key, classes);
    left.classes -= classes.length;
    if (classes.length === 0 || left.classes < 0) {
      unproven.push(profile);
      continue;
    }
    for (const found of classes) {
      const candidates = candidatesFor(snapshot, profile, found.client);
      if (candidates.tiers.length === 0) {
        left.classes -= candidates.removedBy.length;
        if (left.classes < 0) {
          unproven.push(profile);
          break;
        }
        const pairs = pairsOf(candidates.removedBy, Math.min(left.classes, MOST_PAIRS));
        left.classes -= pairs.length;
        findNothingLeft({ withRules, profile, found, candidates, pairs }, findings);
        continue;
      }
      const steps = Math.max(0, Math.min(EVENT_BUDGET.steps, left.steps));
      const out = waysOut({ snapshot, profileAt }, found.client, candidates, { ...EVENT_BUDGET, steps });
      left.steps -= out.steps;
      for (const way of out.ways) findings.leadsOut(way, found.named);
    }
  }
  return { findings: [...findings.all(), ...unlabelled(snapshot)], unproven };
}

/** Profiles in service that have names and that a rule covers, or one nested in them. */
export function askedAndCovered(snapshot: Snapshot): readonly Profile[] {
  const covered = new Set(snapshot.residency.flatMap(({ profiles }) => profiles));
  return snapshot.profiles.filter(
    (profile) =>
      profile.names.length > 0 &&
      isInService(snapshot, profile) &&
      profilesWithin(snapshot, profile).some(({ id }) => covered.has(id)),
  );
}

type WithRules = (rules: readonly number[]) => Snapshot;

/** The snapshot as it would be with some of its rules alone: the others cover nobody. */
function createWithRules(snapshot: Snapshot): WithRules {
  const idle = snapshot.residency.map((rule): ResidencyRule => ({ ...rule, clients: NOBODY }));
  return (rules) => {
    const residency = [...idle];
    for (const rule of rules) residency[rule] = snapshot.residency[rule]!;
    return { ...snapshot, residency };
  };
}

const NOBODY: RuleClients = {
  all: false,
  regions: [],
  groupings: [],
  networks: [],
  unknown: false,
  resolverOnly: false,
};

type Pair = readonly [number, number];

/** More are not worth their time: all rules are named then. */
const MOST_PAIRS = 300;

/** None where there are more than `most`. */
function pairsOf(rules: readonly number[], most: number): readonly Pair[] {
  if ((rules.length * (rules.length - 1)) / 2 > most) return [];
  return rules.flatMap((rule, i) => rules.slice(i + 1).map((other): Pair => [rule, other]));
}

interface NothingLeft {
  readonly withRules: WithRules;
  readonly profile: Profile;
  readonly found: ClientClass;
  readonly candidates: Candidates;
  /** Pairs of the rules that have removed something, to find two that are enough. */
  readonly pairs: readonly Pair[];
}

function findNothingLeft(
  { withRules, profile, found: { named, client }, candidates, pairs }: NothingLeft,
  findings: Findings,
): void {
  const { removedBy } = candidates;
  const all = withRules(removedBy).residency;
  const leavesNothing = (...rules: readonly number[]): boolean =>
    candidatesFor(withRules(rules), profile, client).tiers.length === 0;
  const ruleAt = (rule: number): ResidencyRule => all[rule]!;
  const alone = removedBy.filter((rule) => leavesNothing(rule));
  for (const rule of alone) findings.noneLeft(ruleAt(rule), profile, named, candidates);
  if (alone.length > 0 || removedBy.length === 0) return;
  const rules = pairs.find((pair) => leavesNothing(...pair)) ?? removedBy;
  findings.contradiction(rules.map(ruleAt), profile, named);
}

/** Once for each rule and whoever it covers that could answer, whoever asks. */
function unlabelled(snapshot: Snapshot): readonly ProofFinding[] {
  return snapshot.residency.flatMap((rule) =>
    rule.profiles.flatMap((id) => {
      const profile = snapshot.profiles[id]!;
      if (!profile.enabled) return [];
      const own = profile.endpoints.filter(
        (endpoint) => endpoint.target.kind !== "profile" && counts(snapshot, endpoint),
      );
      return [...own, ...(hasFallback(profile) ? [undefined] : [])].flatMap((endpoint): ProofFinding[] => {
        const at = { profile, endpoint };
        const labels = violationsOf(labelsOf(at), rule).flatMap(({ label, value }) =>
          value === undefined ? label : [],
        );
        return labels.length === 0 ? [] : [{ kind: "unlabelled", rule, at, labels }];
      });
    }),
  );
}

type Findings = ReturnType<typeof createFindings>;

/** One for each rule and profile, or way out: its regions are gathered. */
function createFindings() {
  const byKey = new Map<string, { readonly finding: ProofFinding; readonly regions: Set<string> }>();
  const add = (key: string, region: string, make: () => ProofFinding): void => {
    const known = byKey.get(key) ?? { finding: make(), regions: new Set<string>() };
    byKey.set(key, known);
    known.regions.add(region);
  };
  return {
    noneLeft(rule: ResidencyRule, profile: Profile, region: string, candidates: Candidates): void {
      add(`none-left ${rule.name} ${profile.id}`, region, () => {
        const removed = removedIn(candidates).filter((one) => one.rule === rule);
        return {
          kind: "none-left",
          rule,
          profile,
          regions: [],
          removed: removed.map((one) => violating({ profile: one.profile, endpoint: one.endpoint }, rule)),
        };
      });
    },
    contradiction(rules: readonly ResidencyRule[], profile: Profile, region: string): void {
      const names = rules.map(({ name }) => name).join(" ");
      add(`contradiction ${names} ${profile.id}`, region, () => ({
        kind: "contradiction",
        rules,
        profile,
        regions: [],
      }));
    },
    leadsOut(way: WayOut, region: string): void {
      add(`leads-out ${way.rule.name} ${answeringKey(way.at)}`, region, () => {
        return { kind: "leads-out", ...way, regions: [] };
      });
    },
    all: (): readonly ProofFinding[] =>
      [...byKey.values()].map(({ finding, regions }) => ({ ...finding, regions: [...regions] }) as ProofFinding),
  };
}
