/**
 * `describe.runIf(has("unbound"))`: where a program or port 53 is missing, tests are skipped aloud, and with CI set that
 * is an error. Nothing is tested by not being there.
 */
import { findBlock, NoBlock } from "./block.ts";
import { lackOf, type Program } from "./programs.ts";

/** Of every scene: the parent's server, the client, and what ends them all. */
const ALWAYS: readonly Program[] = ["knotd", "dig", "setpriv"];

const noPort = await findBlock().then(
  () => undefined,
  (cause: unknown) => {
    if (cause instanceof NoBlock) return cause.message;
    throw cause;
  },
);

export function has(...programs: readonly Program[]): boolean {
  const lack = lackOf([...ALWAYS, ...programs]) ?? noPort;
  if (lack === undefined) return true;
  const sentence = `NOT TESTED with ${programs.join(", ")}: ${lack}`;
  if (process.env["CI"]) throw new Error(sentence);
  process.stderr.write(`${sentence}\n`);
  return false;
}
