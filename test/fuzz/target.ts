/** What is fuzzed: one module per target, all in `targets/table.ts`. */
import type { Chance } from "./chance.ts";

export interface Target {
  /** Also the name of its folder in the corpus. */
  readonly name: string;
  /** Inputs are octets, or UTF-8 text. */
  readonly form: "hex" | "txt";
  /** Under how many circumstances an input may be tried: transport and zones, cuts of a stream. */
  readonly variants: number;
  /** What mutations start from, before anything is found. */
  readonly models: readonly Uint8Array[];
  /** An input out of nothing, for a variant. */
  generate(chance: Chance, variant: number): Uint8Array;
  /** A copy with one change; `other` is another input to take from. */
  mutate(input: Uint8Array, other: Uint8Array, chance: Chance): Uint8Array;
  /** Throws where the code does what it must not. Returns marks of what it did: an input with a new one is kept. */
  check(input: Uint8Array, variant: number): readonly string[];
}
