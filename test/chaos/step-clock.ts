/**
 * `--import` of a server under test: adds to the wall time of its every thread what the file `GEOSTEER_CLOCK_SHIFT`
 * says, in milliseconds. As with a machine's clock that is set, `performance.now()` goes on.
 */
import { readFileSync } from "node:fs";

const file = process.env["GEOSTEER_CLOCK_SHIFT"];
/** Milliseconds between two looks at the file. */
const LOOK = 50;
const RealDate = Date;
const realNow = Date.now.bind(Date);
let looked = Number.NEGATIVE_INFINITY;
let shift = 0;

function now(): number {
  if (file !== undefined && performance.now() - looked > LOOK) {
    looked = performance.now();
    shift = Number(readFileSync(file, "latin1"));
  }
  return realNow() + shift;
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, words: readonly number[], newTarget) =>
    Reflect.construct(target, words.length === 0 ? [now()] : words, newTarget) as object,
  get: (target, key, receiver) => (key === "now" ? now : (Reflect.get(target, key, receiver) as unknown)),
});
