import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { blindEdits } from "./edit.ts";
import { createFuzzer, failureKey, type Failure, type FuzzState } from "./fuzzer.ts";
import { minimise } from "./minimise.ts";
import { stateFolder } from "./state.ts";
import type { Target } from "./target.ts";

const START: FuzzState = { seed: 7, cases: 0, kept: [] };

/** Fails for octets that begin with this word; each right one more is a new mark. */
function wordTarget(word: string): Target {
  const wanted = new TextEncoder().encode(word);
  return {
    name: "word",
    form: "hex",
    variants: 2,
    models: [new Uint8Array(4)],
    generate: (chance) => chance.octets(chance.below(8)),
    mutate: (input, other, chance) =>
      input.length === 0 ? other.slice() : chance.pick(blindEdits)(input, other, chance),
    check(input) {
      const right = wanted.findIndex((octet, i) => input[i] !== octet);
      if (right < 0) throw new Error(`found "${input.length}" octets`);
      return [`${right}`];
    },
  };
}

function run(target: Target, cases: readonly number[], state = START): { failures: Failure[]; state: FuzzState } {
  const failures: Failure[] = [];
  let last = state;
  for (const count of cases) {
    const fuzzer = createFuzzer(target, { state: last, onFailure: (failure) => void failures.push(failure) });
    fuzzer.run(count);
    last = fuzzer.state();
  }
  return { failures, state: last };
}

describe("createFuzzer", () => {
  test("finds what one octet after another leads to, and makes it small", () => {
    const { failures } = run(wordTarget("abc"), [40_000]);
    expect(failures.map(({ input }) => Buffer.from(input).toString())).toEqual(["abc"]);
  });

  test("comes to the same in one run and in three", () => {
    const whole = run(wordTarget("abcdef"), [3000]);
    expect(run(wordTarget("abcdef"), [1000, 1, 1999])).toEqual(whole);
    expect(whole.state.cases).toBe(3000);
    expect(whole.state.kept.length).toBeGreaterThan(0);
    expect(run(wordTarget("abcdef"), [3000], { ...START, seed: 8 })).not.toEqual(whole);
  });

  test("tries what it starts from under all circumstances, and tells a failure once", () => {
    const tried: number[] = [];
    const target: Target = {
      ...wordTarget("x"),
      check(_, variant) {
        tried.push(variant);
        throw new Error("always");
      },
    };
    expect(run(target, [10]).failures).toMatchObject([
      { caseNumber: -1, input: new Uint8Array(), cause: { message: "always" } },
    ]);
    expect(tried).toEqual(expect.arrayContaining([0, 1]));
  });
});

describe("minimise", () => {
  test("leaves what the failure needs, and plain octets where any would do", () => {
    const input = Uint8Array.from({ length: 500 }, (_, i) => i & 0xff);
    const small = minimise(input, 0, (octets) => octets.length >= 3 && octets.includes(200));
    expect(small.toSorted()).toEqual(Uint8Array.of(0, 0, 200));
  });
});

test("failureKey leaves out what differs between failures of one cause", () => {
  const [one, two] = ['7 octets of "a b" at 0x1f', '12 octets of "c" at 0x2e'].map((text) => new Error(text));
  expect(failureKey(one)).toBe(failureKey(two));
  expect(failureKey(one)).not.toBe(failureKey(new RangeError("7 octets")));
});

describe("stateFolder", () => {
  const folder = (): ReturnType<typeof stateFolder> => {
    const made = mkdtempSync(path.join(tmpdir(), "geosteer-fuzz-"));
    onTestFinished(() => rmSync(made, { recursive: true }));
    return stateFolder(made);
  };

  test("gives back what was saved", () => {
    const states = folder();
    const { state } = run(wordTarget("abcdef"), [500]);
    expect(states.load("word")).toBeUndefined();
    states.save("word", state);
    expect(states.load("word")).toEqual(state);
    states.clear("word");
    expect(states.load("word")).toBeUndefined();
  });

  test("names the file of a failure after its cause", () => {
    const file = folder().saveFailure({ name: "word", form: "hex" }, "Error: 7 octets!", {
      input: Uint8Array.of(1, 255),
      variant: 0,
    });
    expect(file).toMatch(/failures\/word\/error-octets\.hex$/);
  });
});
