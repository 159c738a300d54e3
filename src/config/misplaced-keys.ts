/** Keys that exist, but mean nothing beside the method, protocol or target that was chosen. */
import type { Report } from "./diagnostic.ts";
import type { Path } from "./path.ts";

interface Choice {
  /** Where the choice was made and the keys stand. */
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
  return new Map([...homes].map(([key, choices]) => [key, sentence(choices.join(" or "))]));
}

export function refuseMisplacedKeys(
  entry: Readonly<Record<string, unknown>>,
  { path, chosen, allowed, homes }: Choice,
  report: Report,
): void {
  for (const [key, home] of homes) {
    if (entry[key] === undefined || allowed.includes(key)) continue;
    report({
      code: "misplaced-key",
      path: [...path, key],
      atKey: true,
      what: `${key} means nothing for ${chosen}`,
      wanted: `no ${key}, or ${home}`,
    });
  }
}
