/**
 * Keys that exist, but mean nothing beside the method, protocol or target that was chosen. Only those that are written
 * count: a value in the checked configuration may be a default.
 */
import type { Report } from "./diagnostic.ts";
import type { Path } from "./path.ts";
import type { WrittenFile } from "./yaml/written-file.ts";

interface Choice {
  /** The mapping in which the choice was made and the keys stand. */
  readonly path: Path;
  /** What was chosen, as in "means nothing for …". */
  readonly chosen: string;
  readonly allowed: readonly string[];
  readonly homes: KeyHomes;
}

/** For each key that not every choice has, the choices that have it, as in "or …". */
export type KeyHomes = ReadonlyMap<string, string>;

export function keyHomes(
  keysByChoice: Readonly<Record<string, readonly string[]>>,
  sentence: (choices: string) => string,
): KeyHomes {
  const homes = new Map<string, string[]>();
  for (const [choice, keys] of Object.entries(keysByChoice)) {
    for (const key of keys) homes.set(key, [...(homes.get(key) ?? []), choice]);
  }
  return new Map([...homes].map(([key, choices]) => [key, sentence(anyOf(choices))]));
}

function anyOf(choices: readonly string[]): string {
  return [choices.slice(0, -1).join(", "), choices.at(-1)!].filter((part) => part !== "").join(" or ");
}

/** `code`: whether they are refused, or warned of where the choice is one that operators change in one line. */
export function reportMisplacedKeys(
  written: Pick<WrittenFile, "keys">,
  { path, chosen, allowed, homes }: Choice,
  report: Report,
  code: "misplaced-key" | "unused-key" = "misplaced-key",
): void {
  for (const key of written.keys(path)) {
    const home = homes.get(key);
    if (home === undefined || allowed.includes(key)) continue;
    report({
      code,
      path: [...path, key],
      atKey: true,
      what: `${key} means nothing for ${chosen}`,
      wanted: `no ${key}, or ${home}`,
    });
  }
}
