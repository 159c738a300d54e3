/** `geosteer explain` held against the reference model: each answer with its probability. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { textOf } from "./asked.ts";
import { explainer, loaded } from "./engine.ts";
import { ASKED, casesOf, randomGraph, type RandomGraph } from "./random-graph.ts";
import { answersOf } from "./answers-of.ts";

const RUNS = 1500;

/** Of probabilities, which are added up in another order. */
const ERROR = 1e-9;

test(`explain tells what the model does, in ${RUNS} random graphs`, { timeout: 300_000 }, () => {
  const property = fc.property(randomGraph, (graph) => {
    expect(disagreements(graph)).toEqual([]);
  });
  fc.assert(property, { numRuns: RUNS });
});

function disagreements(graph: RandomGraph): readonly string[] {
  const { configuration } = graph;
  const explain = explainer(loaded(configuration));
  return casesOf(graph).flatMap((one) => {
    const wanted = answersOf({ configuration, profile: ASKED, ...one });
    const found = explain({ profile: ASKED, ...one });
    const isSame =
      found.size === wanted.size && [...found].every(([answer, share]) => isNear(share, wanted.get(answer)));
    return isSame ? [] : [`${JSON.stringify(one)}: ${textOf(found)} in place of ${textOf(wanted)}`];
  });
}

function isNear(share: number, wanted = 0): boolean {
  return Math.abs(share - wanted) < ERROR;
}
