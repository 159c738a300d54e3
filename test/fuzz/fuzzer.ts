/**
 * The loop: an input is generated or mutated from one that is known, tried, and kept as a start for others where it
 * made the code do something new. Synchronous, without a clock; everything follows from the seed.
 */
import { createChance } from "./chance.ts";
import { minimise } from "./minimise.ts";
import type { Target } from "./target.ts";

/** What a later run goes on from. */
export interface FuzzState {
  readonly seed: number;
  /** Cases that were run. */
  readonly cases: number;
  readonly kept: readonly Trial[];
}

export interface Trial {
  readonly input: Uint8Array;
  readonly variant: number;
}

export interface Failure extends Trial {
  /** What failures of one cause have in common. */
  readonly key: string;
  readonly cause: unknown;
  /** -1: an input of the corpus, of the models or kept before. */
  readonly caseNumber: number;
}

export interface Fuzzer {
  run(cases: number): void;
  state(): FuzzState;
  readonly marks: number;
}

export interface FuzzerOptions {
  readonly state: FuzzState;
  /** More inputs to start from. */
  readonly corpus?: readonly Uint8Array[];
  /** Called before each trial, so that one which does not come back is known. */
  readonly onTrial?: (trial: Trial) => void;
  /** Called once for each key, with the smallest input found. */
  readonly onFailure: (failure: Failure) => void;
}

/** Inputs out of nothing: one in so many. */
const GENERATED = 6;
/** Of all others: one in so many starts from what was kept last. */
const RECENT = 2;
const RECENT_INPUTS = 50;
/** What an octet of a smallest input is, where it can be anything: zero, or a space. */
const PLAIN: Readonly<Record<Target["form"], number>> = { hex: 0, txt: 0x20 };
/** A run that keeps more has marks that say nothing. */
const MOST_KEPT = 20_000;

export function createFuzzer(target: Target, options: FuzzerOptions): Fuzzer {
  const { seed } = options.state;
  const chance = createChance();
  const marks = new Set<string>();
  const failed = new Set<string>();
  const kept: Trial[] = [];
  const known: Uint8Array[] = [...target.models, ...(options.corpus ?? [])];
  let { cases } = options.state;

  /** The trial's failure; what is new in it is noted. */
  const attempt = (trial: Trial): Omit<Failure, "caseNumber"> | "new" | "old" => {
    options.onTrial?.(trial);
    let found: readonly string[];
    try {
      found = target.check(trial.input, trial.variant);
    } catch (cause) {
      return { ...trial, cause, key: failureKey(cause) };
    }
    const before = marks.size;
    for (const mark of found) marks.add(mark);
    return marks.size > before ? "new" : "old";
  };

  const fail = ({ key, ...trial }: Omit<Failure, "caseNumber">, caseNumber: number): void => {
    if (failed.has(key)) return;
    failed.add(key);
    let { cause } = trial;
    const input = minimise(trial.input, PLAIN[target.form], (candidate) => {
      const again = attempt({ input: candidate, variant: trial.variant });
      if (typeof again === "string" || again.key !== key) return false;
      ({ cause } = again);
      return true;
    });
    options.onFailure({ input, variant: trial.variant, cause, key, caseNumber });
  };

  const nextInput = (variant: number): Uint8Array => {
    if (chance.below(GENERATED) === 0) return target.generate(chance, variant);
    const recent = kept.length > 0 && chance.below(RECENT) === 0;
    const from = recent ? known.length - 1 - chance.below(Math.min(RECENT_INPUTS, kept.length)) : -1;
    let input = recent ? known[from]! : chance.pick(known);
    do input = target.mutate(input, chance.pick(known), chance);
    while (chance.below(2) === 0);
    return input;
  };

  const startFrom = (trial: Trial): void => {
    const result = attempt(trial);
    if (typeof result !== "string") fail(result, -1);
  };
  for (const input of known) {
    for (let variant = 0; variant < target.variants; variant++) startFrom({ input, variant });
  }
  for (const trial of options.state.kept) {
    startFrom(trial);
    kept.push(trial);
    known.push(trial.input);
  }

  return {
    run(count) {
      for (const end = cases + count; cases < end; cases++) {
        chance.start(seed, cases);
        const variant = chance.below(target.variants);
        const trial = { input: nextInput(variant), variant };
        const result = attempt(trial);
        if (result === "new" && kept.length < MOST_KEPT) {
          kept.push(trial);
          known.push(trial.input);
        } else if (typeof result !== "string") fail(result, cases);
      }
    },
    state: () => ({ seed, cases, kept }),
    get marks() {
      return marks.size;
    },
  };
}

/** The message without its numbers and quotes, and the first place in our own code. */
export function failureKey(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const place = /\/(src\/[^\s:]+)/.exec(cause.stack ?? "")?.[1] ?? "";
  return `${cause.name}: ${cause.message.replaceAll(/"(?:[^"\\]|\\.)*"|\b(?:0x)?[\da-f]*\d[\da-f]*\b/gi, "#")} ${place}`.trim();
}
