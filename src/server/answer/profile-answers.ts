/**
 * A profile's compiled answers: for each class of clients and each question the plan with its answers as octets, ready
 * to be copied. Kept until the profile's revision changes; plans share what they have in common.
 */
import type { CacheBudget } from "../../routing/cache-budget.ts";
import { candidatesFor } from "../../routing/candidates.ts";
import { draw } from "../../routing/draw.ts";
import { effectiveTtl } from "../../routing/effective-ttl.ts";
import { lotsOfFork } from "../../routing/fork-lots.ts";
import type { Geography } from "../../routing/geography.ts";
import type { HealthView } from "../../routing/health-view.ts";
import { REASONS, reasonThrough, type Answer, type Fork, type Question } from "../../routing/fork.ts";
import { planFor } from "../../routing/plan.ts";
import { keptTo, type Keeper, type Lots } from "../../routing/rendezvous.ts";
import type { Profile, Snapshot } from "../../routing/snapshot.ts";
import { createStatuses, type Statuses } from "../../routing/statuses.ts";
import { UNANSWERED } from "../../routing/shares.ts";
import { stickyWithin } from "../../routing/sticky-prefix.ts";
import { mayAnswer } from "../../routing/targets.ts";
import type { Random } from "../../shared/ports.ts";
import { compileRecords, type CompiledRecords } from "../../wire/compiled-records.ts";
import { RCODE, TYPE } from "../../wire/constants.ts";
import { encodeName } from "../../wire/encode-name.ts";
import type { ClosestNode, Names } from "../names/names.ts";

/** What is sent. */
export interface CompiledAnswer {
  readonly rcode: number;
  /** Undefined = a negative answer. */
  readonly answers: CompiledRecords | undefined;
  /** Where the answer is a CNAME record to a name in our zones: that name. */
  readonly alias: ClosestNode | undefined;
  /** Octets of each record where they change places from answer to answer, all of one type; 0 = they stay. */
  readonly recordSize: number;
  /** The octet at which the record begins that comes first in the next answer. */
  from: number;
}

/** Where the records of this answer begin; the next begins one record later, so each comes first as often. */
export function nextRotation(answer: CompiledAnswer): number {
  const { from, recordSize, answers } = answer;
  if (recordSize === 0) return 0;
  answer.from = from + recordSize === answers!.octets.length ? 0 : from + recordSize;
  return from;
}

/** What was drawn last, and what to count for it. */
export interface Drawn {
  answer: CompiledAnswer;
  /** The ids of the endpoints on the way, the first `endpointCount` of them, nested ones last. */
  readonly endpoints: Int32Array;
  endpointCount: number;
  /** Index in REASONS. */
  reason: number;
  /** The places of the residency rules that have removed endpoints, among the profile's `fencedBy`. */
  filters: readonly number[];
  /** Seconds that what depends on health may be kept: what the records have. */
  ttl: number;
}

export interface ProfileAnswers {
  readonly geography: Geography;
  /** Whether it depends on the address of the `Keeper`. */
  readonly isSticky: boolean;
  /** Whether the answer to the query type depends on the client or on health: else nobody ever gets records for it. */
  mayAnswer(type: number): boolean;
  /** `revision` is the profile's in the health table. What is returned is overwritten by the next call. */
  answer(clientClass: number, type: number, revision: number): Drawn;
}

interface CompiledPlan {
  readonly fork: CompiledFork;
  readonly filters: Drawn["filters"];
  readonly ttl: number;
}

/** A fork of a plan. */
interface CompiledFork {
  /** Different forks of one revision have different numbers. */
  readonly number: number;
  /** In place of chance. */
  readonly lots: Lots | undefined;
  readonly branches: readonly CompiledBranch[];
}

interface CompiledBranch {
  readonly probability: number;
  /** Ids. */
  readonly endpoints: readonly number[];
  /** Index in REASONS. */
  readonly reason: number;
  /** Exactly one of the two. */
  readonly answer: CompiledAnswer | undefined;
  readonly next: CompiledFork | undefined;
  /** In place of `next` where that ends unanswered. */
  readonly otherwise: CompiledFork | undefined;
  /** Whether nobody takes the client. */
  readonly isUnanswered: boolean;
}

const QUESTIONS: readonly Question[] = ["A", "AAAA", "CNAME"];
function questionOf(type: number): number {
  return type === TYPE.A ? 0 : type === TYPE.AAAA ? 1 : 2;
}

/** Profiles are nested at most as deep (`config/checks/nesting.ts`), so a way has as many endpoints. */
const MOST_LEVELS = 10;
/** The last of the way may be one of so many that are answered together (`maxAnswers`). */
const MOST_TOGETHER = 10;

/** KiB of a compiled branch, about, and as much more for each endpoint that answers beside the first. */
const BRANCH_SIZE = 0.5;
/** KiB of a class's entry in a map, about. */
const ENTRY_SIZE = 0.05;

export interface ProfileAnswerParts {
  readonly snapshot: Snapshot;
  readonly names: Names;
  readonly health: HealthView;
  /** Drawn only where there is a choice. */
  readonly random: Random;
  /** Whose address sticky profiles look at; the caller fills it before each answer of one. */
  readonly keeper: Keeper;
  /** What all caches of a worker hold together, the geography's too. */
  readonly budget: CacheBudget;
}

export function createProfileAnswers(
  { snapshot, names, health, random, keeper, budget }: ProfileAnswerParts,
  profile: Profile,
  geography: Geography,
): ProfileAnswers {
  /** By class × questions + question. */
  const plans = new Map<number, CompiledPlan>();
  const forks = new Map<string, CompiledFork>();
  let statuses: Statuses | undefined;
  let plansRevision = -1;
  const holder = {
    forget(): void {
      plans.clear();
      forks.clear();
    },
  };

  const compile = (clientClass: number, question: number): CompiledPlan => {
    const candidates = candidatesFor(snapshot, profile, geography.clientOf(clientClass));
    statuses ??= createStatuses(snapshot, health);
    const ttl = effectiveTtl(snapshot, candidates, statuses);
    const plan = {
      ttl,
      fork: compileFork(planFor(snapshot, candidates, QUESTIONS[question]!, statuses), question, ttl),
      // From who is out of service nothing was removed.
      filters: candidates.removedBy
        .map((rule) => profile.fencedBy.indexOf(snapshot.residency[rule]!.name))
        .filter((place) => place >= 0),
    };
    plans.set(clientClass * QUESTIONS.length + question, plan);
    budget.take(holder, ENTRY_SIZE);
    return plan;
  };

  const compileFork = (
    plan: Fork,
    question: number,
    ttl: number,
    known = new Map<Fork, CompiledFork>(),
  ): CompiledFork => {
    const seen = known.get(plan);
    if (seen !== undefined) return seen;
    const next = plan.branches.map((branch) => branch.next && compileFork(branch.next, question, ttl, known));
    const otherwise = plan.branches.map((branch) => {
      return branch.next && branch.otherwise && compileFork(branch.otherwise, question, ttl, known);
    });
    // A branch is what its profile, endpoint and reason say, and what is beneath; of a fence, what its rule says too.
    const key = plan.branches
      .map(({ probability, endpoints, chosen, reason, answer }, i) => {
        const who = endpoints.map(({ id }) => id).join(",");
        return `${probability}:${who}:${chosen?.id}:${reason}:${answer?.kind}:${next[i]?.number}:${otherwise[i]?.number}`;
      })
      .join(" ");
    const fullKey = `${question} ${ttl} ${plan.profile.id} ${plan.among} ${key}`;
    let fork = forks.get(fullKey);
    if (fork === undefined) {
      const branches = plan.branches.map(({ probability, endpoints, reason, answer }, i): CompiledBranch => ({
        probability,
        endpoints: endpoints.map(({ id }) => id),
        reason: REASONS.indexOf(reason),
        answer: answer && compileAnswer(answer, { ttl, order: profile.order }, names),
        next: next[i],
        otherwise: otherwise[i],
        isUnanswered: answer === UNANSWERED,
      }));
      fork = { number: forks.size, lots: lotsOfFork(plan), branches };
      forks.set(fullKey, fork);
      budget.take(
        holder,
        branches.reduce((sum, branch) => sum + Math.max(1, branch.endpoints.length), 0) * BRANCH_SIZE,
      );
    }
    known.set(plan, fork);
    return fork;
  };

  const answered = QUESTIONS.map((question) => mayAnswer(snapshot, profile, question));
  const drawn: Drawn = {
    answer: { rcode: RCODE.SERVFAIL, answers: undefined, alias: undefined, recordSize: 0, from: 0 },
    endpoints: new Int32Array(MOST_LEVELS + MOST_TOGETHER),
    endpointCount: 0,
    reason: 0,
    filters: [],
    ttl: profile.ttl,
  };

  return {
    geography,
    isSticky: stickyWithin(snapshot, profile) !== undefined,
    mayAnswer: (type) => answered[questionOf(type)]!,
    answer(clientClass, type, revision) {
      if (revision !== plansRevision) {
        holder.forget();
        budget.giveBack(holder);
        statuses = undefined;
        plansRevision = revision;
      }
      const question = questionOf(type);
      // As an integer of 32 bits: a map finds those fastest.
      const at = (clientClass * QUESTIONS.length + question) | 0;
      const plan = plans.get(at) ?? compile(clientClass, question);
      drawn.filters = plan.filters;
      drawn.ttl = plan.ttl;
      let fork: CompiledFork | undefined = plan.fork;
      let reason = PREFERRED;
      let count = 0;
      // The innermost that stands in for a profile on the way, and what was known before that profile.
      let otherwise: CompiledFork | undefined;
      let reasonBefore = PREFERRED;
      let countBefore = 0;
      while (fork !== undefined) {
        const { lots, branches }: CompiledFork = fork;
        const branch: CompiledBranch = lots === undefined ? draw(branches, random) : branches[keptTo(lots, keeper)]!;
        if (branch.otherwise !== undefined) {
          otherwise = branch.otherwise;
          reasonBefore = reason;
          countBefore = count;
        }
        for (let i = 0; i < branch.endpoints.length; i++) drawn.endpoints[count++] = branch.endpoints[i]!;
        reason = THROUGH[reason * REASONS.length + branch.reason]!;
        if (branch.answer !== undefined) drawn.answer = branch.answer;
        fork = branch.next;
        if (branch.isUnanswered) {
          fork = otherwise;
          count = countBefore;
          if (fork !== undefined) reason = reasonBefore;
          otherwise = undefined;
        }
      }
      drawn.endpointCount = count;
      drawn.reason = reason;
      return drawn;
    },
  };
}

const PREFERRED = REASONS.indexOf("preferred");
/** `reasonThrough` by indices: outer × reasons + inner. */
const THROUGH = Uint8Array.from(
  REASONS.flatMap((outer) => REASONS.map((inner) => REASONS.indexOf(reasonThrough(outer, inner)))),
);

const rcodes: Readonly<Record<Answer["kind"], number>> = {
  addresses: RCODE.NOERROR,
  alias: RCODE.NOERROR,
  nodata: RCODE.NOERROR,
  nxdomain: RCODE.NXDOMAIN,
  servfail: RCODE.SERVFAIL,
};

function compileAnswer(answer: Answer, { ttl, order }: Pick<Profile, "ttl" | "order">, names: Names): CompiledAnswer {
  const answers = recordsOf(answer, ttl);
  const rotates = order === "rotate" && answers !== undefined && answers.count > 1;
  return {
    rcode: rcodes[answer.kind],
    answers,
    alias: answer.kind === "alias" ? names.closestTo(answer.host) : undefined,
    recordSize: rotates ? answers.octets.length / answers.count : 0,
    from: 0,
  };
}

function recordsOf(answer: Answer, ttl: number): CompiledRecords | undefined {
  if (answer.kind === "alias") return compileRecords([{ type: TYPE.CNAME, ttl, data: encodeName(answer.host) }]);
  if (answer.kind !== "addresses") return undefined;
  return compileRecords(
    answer.addresses.map(({ family, octets: data }) => ({ type: family === 4 ? TYPE.A : TYPE.AAAA, ttl, data })),
  );
}
