/**
 * The quick part of `npm run fuzz`: the same cases each time, and every input that ever broke something. The long run is
 * `test/fuzz/main.ts`.
 */
import { describe, expect, test } from "vitest";
import { createChance } from "../../fuzz/chance.ts";
import { readCorpus } from "../../fuzz/corpus.ts";
import { createFuzzer } from "../../fuzz/fuzzer.ts";
import { createAnswerTarget } from "../../fuzz/targets/answer.ts";
import { targets } from "../../fuzz/targets/table.ts";
import { worlds } from "../../fuzz/worlds.ts";
import { testAnswerer } from "../../support/answerer.ts";

/** Any number does; a fixed one makes a failure come again. */
const SEED = 20_260_731;

/** As many as take a second or two. */
const CASES: Readonly<Record<string, number>> = {
  answer: 40_000,
  encoder: 10_000,
  frames: 48_000,
  config: 500,
  "zone-file": 1500,
  database: 4000,
};

describe("fuzzing", () => {
  test("covers every target", () => {
    expect(Object.keys(CASES)).toEqual(Object.keys(targets));
  });

  test.for(Object.entries(CASES))("finds nothing in %s: %d cases", ([name, cases]) => {
    const fuzzer = createFuzzer(targets[name]!(), {
      state: { seed: SEED, cases: 0, kept: [] },
      onFailure({ cause, input, caseNumber }) {
        throw new Error(`case ${caseNumber}: ${Buffer.from(input).toString("hex")}`, { cause });
      },
    });
    fuzzer.run(cases);
    // Inputs that do nothing new prove nothing.
    expect(fuzzer.state().kept.length).toBeGreaterThan(20);
  });

  test("of packets reaches every outcome often", () => {
    const target = createAnswerTarget();
    const [world] = worlds;
    const server = testAnswerer(world!.spec);
    const rcodes = new Map<number | undefined, number>();
    for (let i = 0; i < 5000; i++) {
      const chance = createChance(SEED, i);
      const packet = target.mutate(target.generate(chance, 0), target.generate(chance, 0), chance);
      const rcode = server.ask(packet).message?.rcode;
      rcodes.set(rcode, (rcodes.get(rcode) ?? 0) + 1);
    }
    for (const rcode of [undefined, 0, 1, 3, 4, 5, 16]) expect(rcodes.get(rcode)).toBeGreaterThan(5);
  });
});

describe("a packet cut at any octet", () => {
  const target = createAnswerTarget();

  test.for(readCorpus(target))("$file", ({ input }) => {
    for (let length = 0; length < Math.min(input.length, 600); length++) {
      const variant = length % target.variants;
      expect(() => target.check(input.slice(0, length), variant), `${length} octets`).not.toThrow();
    }
  });
});

const RCODES: Readonly<Record<string, number | undefined>> = {
  drop: undefined,
  noerror: 0,
  formerr: 1,
  servfail: 2,
  nxdomain: 3,
  notimp: 4,
  refused: 5,
  badvers: 16,
  badcookie: 23,
};

/**
 * Inputs that broke a server once, ours or another. Packets are named `<outcome>-<what it is>.hex`, and
 * `<outcome>-over-udp-…` or `<outcome>-over-tcp-…` where that makes the outcome.
 */
describe("the corpus", () => {
  const packets = readCorpus({ name: "answer", form: "hex" });
  const [world] = worlds;

  test.for(packets)("of packets: $file", ({ file, input }) => {
    const outcome = file.split("-")[0]!;
    expect(Object.keys(RCODES)).toContain(outcome);
    for (const transport of ["udp", "tcp"] as const) {
      if (file.includes("-over-") && !file.includes(`-over-${transport}-`)) continue;
      expect(testAnswerer(world!.spec).ask(input, { transport }).message?.rcode).toBe(RCODES[outcome]);
    }
  });

  test("of packets is not empty", () => {
    expect(packets.length).toBeGreaterThan(50);
  });

  const inputs = Object.values(targets).flatMap((create) => {
    const target = create();
    return readCorpus(target).map(({ file, input }) => ({ name: target.name, file, target, input }));
  });

  test.for(inputs)("of $name under all circumstances: $file", ({ target, input }) => {
    for (let variant = 0; variant < target.variants; variant++) {
      expect(() => target.check(input, variant)).not.toThrow();
    }
  });
});
