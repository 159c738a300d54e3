/** Paths as remedies name them: keys with dots between, `*` for any key, `**` before the rest for anything; no positions. */
import type { Path } from "../path.ts";

export function matchesPath(pattern: string, path: Path): boolean {
  const keys = path.filter((step) => typeof step === "string");
  const steps = pattern === "" ? [] : pattern.split(".");
  const isEnd = steps[0] === "**";
  const wanted = isEnd ? steps.slice(1) : steps;
  if (isEnd ? keys.length < wanted.length : keys.length !== wanted.length) return false;
  const end = keys.slice(keys.length - wanted.length);
  return wanted.every((step, index) => step === "*" || step === end[index]);
}
