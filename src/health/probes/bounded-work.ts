/**
 * Work on this thread that ends in time whatever it is given: a regular expression or a JSON path of the operator's meets
 * a text that others wrote. The bound costs a fifth of a millisecond, so work that is small anyway does without it.
 */
import { createContext, Script } from "node:vm";

/** Milliseconds: no thread that others wait for is held for more than 50. A pattern that is meant takes one or two. */
const LONGEST = 40;

const context = createContext({ work: undefined });
const script = new Script("work()");

/** What `work` returns; `late` where it was broken off. What it throws is thrown. */
export function withinTime<T>(work: () => T): T | "late" {
  context["work"] = work;
  try {
    return script.runInContext(context, { timeout: LONGEST }) as T;
  } catch (error) {
    // An error of the context is of another realm, so it is told by its code alone.
    if ((error as { code?: unknown } | undefined)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return "late";
    throw error;
  } finally {
    context["work"] = undefined;
  }
}
