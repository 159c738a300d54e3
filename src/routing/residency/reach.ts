/**
 * What candidates can come to at all: every outcome that some state of health makes the engine give, and no other. It is
 * `plan.ts` for all states at once: where the plan asks whether there is share to give, this asks when there is. What the
 * plan says of shares is in docs/steering.md sections 3 and 4; a test holds the two to the same outcomes.
 *
 * A state has each probed endpoint up or down, and each that may take less than all its clients at all, some or none of
 * them. Operators have no say: what an override can bring is told apart.
 */
import { answerOf } from "../answer-of.ts";
import type { Candidate, Candidates } from "../candidates.ts";
import { isInService } from "../in-service.ts";
import { methods } from "../methods/table.ts";
import type { Question } from "../fork.ts";
import type { Endpoint, Profile, Snapshot } from "../snapshot.ts";
import { ALWAYS, createEvents, EVENT_BUDGET, NEVER, type Event, type EventBudget, type Events } from "./events.ts";
import { createUpEvents, type UpEvents } from "./up-events.ts";
import { createWaneEvents, variablesOf, type Variable, type WaneEvents } from "./wane-events.ts";

export interface Reach {
  readonly outcomes: readonly ReachedOutcome[];
  /** False: the budget was spent, and all that the candidates have counts as reached. */
  readonly isExact: boolean;
  /** What it took, as the budget counts it. */
  readonly steps: number;
}

export type ReachedOutcome = (
  | { readonly kind: "endpoint"; readonly endpoint: Endpoint }
  /** Of the profile, where all its candidates are down. */
  | { readonly kind: "fallback"; readonly profile: Profile }
  | { readonly kind: "nodata" | "servfail" | "nxdomain" }
) & {
  /** Those that it answers. */
  readonly questions: readonly Question[];
  /** In a state where it is given: the fewest probed endpoints that are down. None of those that are not: they may be up. */
  readonly whileDown: readonly Endpoint[];
  /** Those that are up and less than whole in it: by load, on their return, or without their addresses of a family. */
  readonly whileWaning: readonly Variable[];
};

export interface ReachOptions {
  readonly budget?: EventBudget;
  /**
   * Whether endpoints that stand by distance may stand in any order: the candidates then are those of all clients who
   * differ in nothing but how far they are. What is reached is what may be reached by one of them, and seldom more.
   */
  readonly anyDistance?: boolean;
}

export const QUESTIONS: readonly Question[] = ["A", "AAAA", "CNAME"];

export function reachOf(snapshot: Snapshot, candidates: Candidates, options: ReachOptions = {}): Reach {
  const { budget = EVENT_BUDGET, anyDistance = false } = options;
  const { profile, tiers, removedBy } = candidates;
  const always = (kind: "nodata" | "servfail" | "nxdomain"): Reach => {
    return { outcomes: [{ kind, questions: QUESTIONS, whileDown: [], whileWaning: [] }], isExact: true, steps: 0 };
  };
  if (!isInService(snapshot, profile)) return always("nxdomain");
  const [first] = removedBy;
  if (tiers.length === 0) return always(first === undefined ? "nodata" : snapshot.residency[first]!.whenNoneCompliant);

  const within = withinCandidates(candidates);
  const variables = variablesOf(endpointsWithin(snapshot, within));
  const events = createEvents(budget);
  const wane = createWaneEvents(variables, events);
  const { isEligible } = createUpEvents(snapshot, wane, events);
  const isLoose =
    anyDistance && within.some((at) => at.tiers.length > 0 && tiersOf(at, true).some(({ isAnyOrder }) => isAnyOrder));
  const found = createFound();
  for (const question of QUESTIONS) {
    const walk = createWalk(question, events, { ...wane, isEligible }, { anyDistance, isLoose });
    walkDown(within, walk, events, (outcome, event) => found.add(outcome, question, event));
  }
  const { isSpent, steps, fewestDown } = events;
  if (isSpent()) return { outcomes: allOutcomes(within), isExact: false, steps: steps() };
  return {
    outcomes: found.all().map(({ events: ways, outcome, questions }) => {
      const [fewest] = [...ways].map((event) => fewestDown(event)!).toSorted((a, b) => a.length - b.length);
      const down = fewest!.map((variable) => variables[variable]!);
      return {
        ...outcome,
        questions: [...questions],
        whileDown: down.flatMap(({ endpoint, kind }) => (kind === "status" ? [endpoint] : [])),
        whileWaning: down.filter(({ kind }) => kind !== "status"),
      };
    }),
    isExact: true,
    steps: steps(),
  };
}

/** All candidates, each after all that it is nested in. */
function withinCandidates(root: Candidates): readonly Candidates[] {
  const seen = new Set<Candidates>();
  const childrenFirst: Candidates[] = [];
  const visit = (at: Candidates): void => {
    if (seen.has(at)) return;
    seen.add(at);
    for (const { nested } of at.tiers.flat()) if (nested !== undefined) visit(nested);
    childrenFirst.push(at);
  };
  visit(root);
  return childrenFirst.toReversed();
}

/**
 * The endpoints whose health matters, in the order of variables: the best candidates last. "None before it is up" then
 * grows by one node for each endpoint.
 */
function endpointsWithin(snapshot: Snapshot, within: readonly Candidates[]): readonly Endpoint[] {
  const told = new Set<Endpoint>();
  const seen = new Set<Profile>();
  const add = (endpoint: Endpoint): void => {
    told.add(endpoint);
    if (endpoint.target.kind === "profile") addAll(snapshot.profiles[endpoint.target.profile]!);
  };
  /** Whether a nested profile is up depends on all its endpoints, be they candidates or not. */
  const addAll = (profile: Profile): void => {
    if (seen.has(profile)) return;
    seen.add(profile);
    profile.endpoints.forEach(add);
  };
  for (const { tiers } of within) for (const { endpoint } of tiers.flat()) add(endpoint);
  return [...told].toReversed();
}

export type Outcome =
  | { readonly kind: "endpoint"; readonly endpoint: Endpoint }
  | { readonly kind: "fallback"; readonly profile: Profile }
  | { readonly kind: "nodata" | "servfail" };

/** As in `plan.ts`: each means something else to the profiles around. */
type Part = "alias" | "addresses" | "decided";

/** One way in which a part of a profile's answer comes about. */
interface Way {
  readonly part: Part;
  readonly event: Event;
  /** What it leads to: an end, or the same part of a nested profile. */
  readonly to: Outcome | Candidates;
}

/** When a profile has something of each part, and when something stays open. */
interface Parts extends Readonly<Record<Part, Event>> {
  readonly open: Event;
  readonly ways: readonly Way[];
}

interface Walk {
  readonly partsOf: (candidates: Candidates) => Parts;
}

/** A member of a tier and when it is chosen. */
interface Member {
  readonly candidate: Candidate;
  readonly event: Event;
}

/** What a member gives to each part while it is chosen. */
type Given = Pick<Parts, Part | "open"> & Pick<Member, "candidate">;

/** Where tiers are in any order, that a member has addresses does not tell that it has them for all: nothing is closed then. */
interface Looseness {
  readonly anyDistance: boolean;
  readonly isLoose: boolean;
}

interface ReachTier {
  readonly members: readonly Candidate[];
  /** Whether it stands for several tiers in any order. */
  readonly isAnyOrder: boolean;
}

function createWalk(
  question: Question,
  { and, or, not, any }: Events,
  { isEligible, takesAll, takesAllUnloaded, isCritical, lacks }: UpEvents & WaneEvents,
  { anyDistance, isLoose }: Looseness,
): Walk {
  const upOf = new Map<Candidates, Event>();
  const known = new Map<Candidates, Parts>();

  const isUp = ({ endpoint, nested }: Candidate): Event =>
    nested === undefined ? isEligible(endpoint) : and(isEligible(endpoint), isChosenUp(nested));
  const someUp = ({ tiers }: Candidates): Event => any(tiers.flat().map(isUp));
  /** Whether a profile around takes it for up: its own word is one, and so is that of a region. */
  const isChosenUp = (candidates: Candidates): Event => {
    const { keepsClients, whenAllDown } = candidates.profile;
    if (keepsClients || whenAllDown.action !== "serveAll") return ALWAYS;
    let found = upOf.get(candidates);
    if (found === undefined) {
      found = someUp(candidates);
      upOf.set(candidates, found);
    }
    return found;
  };

  const memo = (find: (candidates: Candidates) => Event): ((candidates: Candidates) => Event) => {
    const seen = new Map<Candidates, Event>();
    return (candidates) => {
      let found = seen.get(candidates);
      if (found === undefined) {
        found = find(candidates);
        seen.set(candidates, found);
      }
      return found;
    };
  };
  /** That a nested profile takes all its clients: one that keeps them does, and so does one in which nobody is up. */
  const someTake = (candidates: Candidates, all: (member: Candidate) => Event): Event => {
    if (candidates.profile.keepsClients) return ALWAYS;
    return or(not(someUp(candidates)), any(candidates.tiers.flat().map((member) => and(isUp(member), all(member)))));
  };
  const keepsLoad = ({ profile }: Candidates): boolean => methods[profile.method].keepsLoad === true;
  /** As `leftTo` in `choices.ts` is 1, … */
  const isWhole = ({ endpoint, nested }: Candidate): Event =>
    nested === undefined ? takesAll(endpoint) : and(takesAll(endpoint), nestedWhole(nested));
  const nestedWhole = memo((nested) => (keepsLoad(nested) ? nestedUnloaded(nested) : someTake(nested, isWhole)));
  /** … as `leftUnloaded` is, … */
  const isUnloadedWhole = ({ endpoint, nested }: Candidate): Event =>
    nested === undefined ? takesAllUnloaded(endpoint) : and(takesAllUnloaded(endpoint), nestedUnloaded(nested));
  const nestedUnloaded = memo((nested) => someTake(nested, isUnloadedWhole));
  /** … and as `leftTo` is 0. */
  const hasNothing = ({ endpoint, nested }: Candidate): Event =>
    nested === undefined ? isCritical(endpoint) : or(isCritical(endpoint), nestedCritical(nested));
  const nestedCritical = memo((nested) =>
    nested.profile.keepsClients || keepsLoad(nested) ? NEVER : and(someUp(nested), not(someHaveSomething(nested))),
  );
  const someHaveSomething = (candidates: Candidates): Event =>
    any(candidates.tiers.flat().map((member) => and(isUp(member), not(hasNothing(member)))));

  const givenBy = ({ candidate, event }: Member): Given => {
    const { endpoint, nested } = candidate;
    if (endpoint.target.kind !== "profile") {
      const kind = answerOf(endpoint.target, question)?.kind ?? "open";
      if (kind !== "addresses") return { candidate, ...NOTHING, [kind]: event };
      // One that is served although it is down has them all.
      const lost = and(isEligible(endpoint), lacks(endpoint, question === "A" ? 4 : 6));
      return { candidate, ...NOTHING, addresses: and(event, not(lost)), open: and(event, lost) };
    }
    const inner = partsOf(nested!);
    return {
      candidate,
      alias: and(event, inner.alias),
      addresses: and(event, inner.addresses),
      decided: and(event, inner.decided),
      open: and(event, inner.open),
    };
  };
  const waysOf = (given: readonly Given[], parts: readonly Part[]): readonly Way[] =>
    given.flatMap(({ candidate: { endpoint, nested }, ...events }) =>
      parts.flatMap((part): Way[] =>
        events[part] === NEVER ? [] : [{ part, event: events[part], to: nested ?? { kind: "endpoint", endpoint } }],
      ),
    );
  /** When something of a tier stays open: a member's share goes to the addresses of the others, where they have any. */
  const leftOpen = (given: readonly Given[], isShared: boolean): Event => {
    if (!isShared) return any(given.map(({ open }) => open));
    const all = any(given.map(addressesOf));
    const without = given.filter(({ addresses }) => addresses === NEVER);
    const mixed = given.flatMap(({ open, addresses }, i) =>
      open === NEVER || addresses === NEVER ? [] : [{ open, others: any(given.toSpliced(i, 1).map(addressesOf)) }],
    );
    return any([
      and(any(without.map(({ open }) => open)), not(all)),
      ...mixed.map(({ open, others }) => and(open, not(others))),
    ]);
  };

  const findParts = (candidates: Candidates): Parts => {
    const { profile, fallbackRule } = candidates;
    const { families, keepsClients, whenAllDown } = profile;
    // Those that are answered together are chosen among those with the type.
    const isStrict = families === "strict" && methods[profile.method].isTogether !== true;
    const tiers = tiersOf(candidates, anyDistance);
    const ways: Way[] = [];
    const has = (part: Part): Event => any(ways.flatMap((way) => (way.part === part ? [way.event] : [])));
    let open = NEVER;
    /** What is left open in the tiers before, while later ones may stand in: those that are up, or all after `serveAll`. */
    let pending = NEVER;
    const standIn = (members: readonly Member[]): void => {
      const given = members.map(givenBy);
      const addresses = given.map((one) => ({ ...one, addresses: and(pending, one.addresses) }));
      ways.push(...waysOf(addresses, ["addresses"]));
      if (!isLoose) pending = and(pending, not(any(given.map(addressesOf))));
    };
    const choose = (members: readonly Member[]): void => {
      const given = members.map(givenBy);
      ways.push(...waysOf(given, PARTS));
      const left = leftOpen(given, !isStrict && !isLoose);
      if (keepsClients) ways.push({ part: "decided", event: left, to: { kind: "nodata" } });
      else if (families === "any") pending = or(pending, left);
      else open = or(open, left);
    };

    /** Where nobody has anything left, and in regions, load does not count. */
    const isLoaded = keepsLoad(candidates) ? NEVER : someHaveSomething(candidates);
    /** Whether there are clients whom the tiers before have left. */
    let isOpen = ALWAYS;
    let noneBefore = ALWAYS;
    const trickles: Member[] = [];
    for (const { members } of tiers) {
      const up = members.map((candidate) => ({ candidate, event: isUp(candidate) }));
      const taking = up.map(({ candidate, event }) => {
        return { candidate, event: and(event, not(and(isLoaded, hasNothing(candidate)))) };
      });
      const isBehind = not(isOpen);
      for (const { candidate, event } of taking) {
        if (candidate.endpoint.trickle > 0) trickles.push({ candidate, event: and(isBehind, event) });
      }
      if (pending !== NEVER) standIn(taking);
      choose(taking.map(({ candidate, event }) => ({ candidate, event: and(isOpen, event) })));
      const takeAll = up.map(({ candidate, event }) => {
        const whole = or(and(isLoaded, isWhole(candidate)), and(not(isLoaded), isUnloadedWhole(candidate)));
        return and(event, whole);
      });
      isOpen = and(isOpen, not(any(takeAll)));
      noneBefore = and(noneBefore, not(any(up.map(({ event }) => event))));
    }
    open = or(open, pending);
    pending = NEVER;
    const trickled = trickles.map(givenBy);
    const lacking = any(trickled.map((given) => given.open));
    const takesOver = families === "strict" || isLoose ? NEVER : has("addresses");
    open = or(open, and(lacking, not(takesOver)));
    ways.push(...waysOf(trickled, PARTS));
    if (whenAllDown.action === "serveAll") {
      for (const [i, { members }] of tiers.entries()) {
        const all = members.map((candidate) => ({ candidate, event: ALWAYS }));
        if (i === 0) choose(members.map((candidate) => ({ candidate, event: noneBefore })));
        else if (pending !== NEVER) standIn(all);
      }
    } else if (fallbackRule !== undefined) {
      ways.push({ part: "decided", event: noneBefore, to: { kind: fallbackRule.whenNoneCompliant } });
    } else if (whenAllDown.action === "fallback") {
      const part = answerOf(whenAllDown.target, question)?.kind;
      if (part === undefined) open = or(open, noneBefore);
      else ways.push({ part, event: noneBefore, to: { kind: "fallback", profile } });
    } else {
      ways.push({ part: "decided", event: noneBefore, to: { kind: whenAllDown.action } });
    }
    open = or(open, pending);
    return { alias: has("alias"), addresses: has("addresses"), decided: has("decided"), open, ways };
  };
  const partsOf = (candidates: Candidates): Parts => {
    let found = known.get(candidates);
    if (found === undefined) {
      found = findParts(candidates);
      known.set(candidates, found);
    }
    return found;
  };
  return { partsOf };
}

const addressesOf = ({ addresses }: Given): Event => addresses;
const PARTS: readonly Part[] = ["alias", "addresses", "decided"];
const NOTHING = { alias: NEVER, addresses: NEVER, decided: NEVER, open: NEVER };

/** Tiers side by side whose members stand by distance are one, in any order: those on standby behind the others. */
function tiersOf({ tiers }: Candidates, anyDistance: boolean): readonly ReachTier[] {
  const found: { readonly members: Candidate[]; readonly isAnyOrder: boolean; readonly kind: string }[] = [];
  for (const tier of tiers) {
    const isFar = anyDistance && tier.every(({ basis }) => basis.kind === "distance");
    const kind = isFar ? `distance ${tier[0]!.endpoint.placement.standby}` : "";
    const last = found.at(-1);
    if (isFar && last?.kind === kind) last.members.push(...tier);
    else found.push({ members: [...tier], isAnyOrder: isFar, kind });
  }
  return found;
}

/** From the asked profile down: when each part of each nested one is come to, and with it each end. */
function walkDown(
  within: readonly Candidates[],
  { partsOf }: Walk,
  { and, or }: Events,
  onEnd: (outcome: Outcome, event: Event) => void,
): void {
  const reached = new Map(within.map((candidates) => [candidates, { alias: NEVER, addresses: NEVER, decided: NEVER }]));
  const root = within[0]!;
  reached.set(root, { alias: ALWAYS, addresses: ALWAYS, decided: ALWAYS });
  onEnd({ kind: "nodata" }, partsOf(root).open);
  for (const candidates of within) {
    const from = reached.get(candidates)!;
    for (const { part, event, to } of partsOf(candidates).ways) {
      const comes = and(from[part], event);
      if (comes === NEVER) continue;
      if ("tiers" in to) {
        const inner = reached.get(to)!;
        inner[part] = or(inner[part], comes);
      } else onEnd(to, comes);
    }
  }
}

interface FoundOutcome {
  readonly outcome: Outcome;
  readonly questions: Set<Question>;
  /** One for each way; together they would be large. */
  readonly events: Set<Event>;
}

function createFound() {
  const byKey = new Map<string, FoundOutcome>();
  return {
    add(outcome: Outcome, question: Question, event: Event): void {
      if (event === NEVER) return;
      const key = outcomeKey(outcome);
      const known = byKey.get(key) ?? { outcome, questions: new Set(), events: new Set() };
      byKey.set(key, known);
      known.questions.add(question);
      known.events.add(event);
    },
    all: (): readonly FoundOutcome[] => [...byKey.values()],
  };
}

/** Equal for equal outcomes of one snapshot. */
export function outcomeKey(outcome: Outcome | Pick<ReachedOutcome, "kind">): string {
  if ("endpoint" in outcome) return `endpoint ${outcome.endpoint.id}`;
  return "profile" in outcome ? `fallback ${outcome.profile.id}` : outcome.kind;
}

/** Whatever the candidates and the profiles among them have to answer with. */
function allOutcomes(within: readonly Candidates[]): readonly ReachedOutcome[] {
  const outcomes = within.flatMap(({ profile, tiers, fallbackRule }): Outcome[] => {
    const action = fallbackRule?.whenNoneCompliant ?? profile.whenAllDown.action;
    const ends = tiers
      .flat()
      .flatMap(({ endpoint }): Outcome[] =>
        endpoint.target.kind === "profile" ? [] : [{ kind: "endpoint", endpoint }],
      );
    if (action === "serveAll") return ends;
    return [...ends, action === "fallback" ? { kind: action, profile } : { kind: action }];
  });
  const byKey = new Map([{ kind: "nodata" as const }, ...outcomes].map((outcome) => [outcomeKey(outcome), outcome]));
  return [...byKey.values()].map((outcome) => ({ ...outcome, questions: QUESTIONS, whileDown: [], whileWaning: [] }));
}
