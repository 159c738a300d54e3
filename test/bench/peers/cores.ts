/** Which cores the server under test and the load generator run on, so that neither takes time from the other. */
import { readFileSync } from "node:fs";

export interface Cores {
  readonly server: readonly number[];
  readonly generator: readonly number[];
}

/** A core each, for all comparisons of one server thread. */
export function oneEach([first, second]: readonly number[]): Cores {
  if (first === undefined || second === undefined) throw new Error("two cores are needed: one for the load");
  return { server: [first], generator: [second] };
}

/** Two cores for a server of two threads. Where there are no two more for the load, both share both. */
export function twoEach(cores: readonly number[]): Cores {
  const pair = cores.slice(0, 2);
  return { server: pair, generator: cores.length >= 4 ? cores.slice(2, 4) : pair };
}

/** The cores that this process may use: `0-3,6` in proc(5). */
export function availableCores(): readonly number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync("/proc/self/status", "utf8"))![1]!;
  return list.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}
