/** Keys that exist, but mean nothing beside the method, protocol or target that was chosen. */
import type { Report } from "./diagnostic.ts";
import type { Path } from "./path.ts";

interface Choice {
  /** Where the choice was made and the keys stand. */
  readonly path: Path;
  /** What was chosen, as in "means nothing for …". */
  readonly chosen: string;
  /** Which choices a key belongs to, as in "or …"; undefined: to all. */
  readonly belongsTo: (key: string) => string | undefined;
  readonly allowed: readonly string[];
}

export function refuseMisplacedKeys(entry: object, choice: Choice, report: Report): void {
  for (const [key, value] of Object.entries(entry)) {
    const home = choice.belongsTo(key);
    if (value === undefined || home === undefined || choice.allowed.includes(key)) continue;
    report({
      code: "misplaced-key",
      path: [...choice.path, key],
      atKey: true,
      what: `${key} means nothing for ${choice.chosen}`,
      wanted: `no ${key}, or ${home}`,
    });
  }
}
