/**
 * A profile's compiled answers: for each class of clients and each question the plan's outcomes as octets, ready to be
 * copied. Kept until the health epoch changes; classes with the same outcomes share them.
 */
import type { Random } from "../../shared/ports.ts";
import type { CacheBudget } from "../../routing/cache-budget.ts";
import { candidatesFor } from "../../routing/candidates.ts";
import { draw } from "../../routing/draw.ts";
import type { Geography } from "../../routing/geography.ts";
import type { HealthView } from "../../routing/health-view.ts";
import { answerOf, planFor, REASONS, type Answer, type Outcome, type Question } from "../../routing/plan.ts";
import type { Profile, Snapshot } from "../../routing/snapshot.ts";
import { targetsOf } from "../../routing/targets.ts";
import { RCODE, TYPE } from "../../wire/constants.ts";
import { compileRecords, type CompiledRecords } from "../../wire/compiled-records.ts";
import { encodeName } from "../../wire/encode-name.ts";
import type { NamePlace, Names } from "../names/names.ts";

/** One way to answer, and what to count when it is drawn. */
export interface CompiledOutcome {
  readonly probability: number;
  readonly rcode: number;
  /** Undefined = a negative answer. */
  readonly answers: CompiledRecords | undefined;
  /** Where the answer is a CNAME record to a name in our zones: that name. */
  readonly alias: NamePlace | undefined;
  /** The ids of the endpoints on the way, nested ones last. */
  readonly endpoints: readonly number[];
  /** Index in REASONS. */
  readonly reason: number;
}

export interface ProfileAnswers {
  readonly geography: Geography;
  /** Whether there is a client and a health for which the answer to the query type has records. */
  mayAnswer(type: number): boolean;
  /** `epoch` is the health table's. */
  answer(klass: number, type: number, epoch: number): CompiledOutcome;
}

const QUESTIONS: readonly Question[] = ["A", "AAAA", "CNAME"];
function questionOf(type: number): number {
  return type === TYPE.A ? 0 : type === TYPE.AAAA ? 1 : 2;
}

/** KiB of a compiled outcome, about. */
const OUTCOME_SIZE = 0.5;
/** KiB of a class's entry in a map, about. */
const ENTRY_SIZE = 0.05;

export interface ProfileAnswerParts {
  readonly snapshot: Snapshot;
  readonly names: Names;
  readonly health: HealthView;
  /** Drawn only where there is a choice. */
  readonly random: Random;
  /** Of all caches of a worker; the geography's too. */
  readonly budget: CacheBudget;
}

export function createProfileAnswers(
  { snapshot, names, health, random, budget }: ProfileAnswerParts,
  profile: Profile,
  geography: Geography,
): ProfileAnswers {
  /** By class × questions + question. */
  const plans = new Map<number, readonly CompiledOutcome[]>();
  const planByKey = new Map<string, readonly CompiledOutcome[]>();
  let plansEpoch = -1;
  const holder = {
    forget(): void {
      plans.clear();
      planByKey.clear();
    },
  };

  const compile = (klass: number, question: number): readonly CompiledOutcome[] => {
    const candidates = candidatesFor(snapshot, profile, geography.clientOf(klass));
    const { outcomes } = planFor(snapshot, candidates, QUESTIONS[question]!, health);
    const key = `${question} ${outcomes.map(outcomeKey).join(" ")}`;
    let plan = planByKey.get(key);
    if (plan === undefined) {
      plan = outcomes.map((outcome) => compileOutcome(outcome, profile.ttl, names));
      planByKey.set(key, plan);
      budget.take(holder, outcomes.length * OUTCOME_SIZE);
    }
    plans.set(klass * QUESTIONS.length + question, plan);
    budget.take(holder, ENTRY_SIZE);
    return plan;
  };

  const targets = targetsOf(snapshot, profile);
  const mayAnswer = QUESTIONS.map((question) => targets.some((target) => answerOf(target, question) !== undefined));

  return {
    geography,
    mayAnswer: (type) => mayAnswer[questionOf(type)]!,
    answer(klass, type, epoch) {
      if (epoch !== plansEpoch) {
        holder.forget();
        budget.giveBack(holder);
        plansEpoch = epoch;
      }
      const question = questionOf(type);
      // As an integer of 32 bits: a map finds those fastest.
      const at = (klass * QUESTIONS.length + question) | 0;
      return draw(plans.get(at) ?? compile(klass, question), random);
    },
  };
}

const rcodes: Readonly<Record<Answer["kind"], number>> = {
  addresses: RCODE.NOERROR,
  alias: RCODE.NOERROR,
  nodata: RCODE.NOERROR,
  nxdomain: RCODE.NXDOMAIN,
  servfail: RCODE.SERVFAIL,
};

/** Equal for outcomes of one profile and question that are equal: the way and the reason say what is answered. */
function outcomeKey({ probability, path, reason }: Outcome): string {
  return `${probability}:${reason}:${path.map(({ id }) => id).join(",")}`;
}

function compileOutcome({ probability, answer, path, reason }: Outcome, ttl: number, names: Names): CompiledOutcome {
  return {
    probability,
    rcode: rcodes[answer.kind],
    answers: compileAnswer(answer, ttl),
    alias: answer.kind === "alias" ? names.placeOf(answer.host) : undefined,
    endpoints: path.map(({ id }) => id),
    reason: REASONS.indexOf(reason),
  };
}

function compileAnswer(answer: Answer, ttl: number): CompiledRecords | undefined {
  if (answer.kind === "alias") return compileRecords([{ type: TYPE.CNAME, ttl, data: encodeName(answer.host) }]);
  if (answer.kind !== "addresses") return undefined;
  return compileRecords(
    answer.addresses.map(({ family, octets: data }) => ({ type: family === 4 ? TYPE.A : TYPE.AAAA, ttl, data })),
  );
}
