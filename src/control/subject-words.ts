/** Words for subjects that do not exist: what was meant, or what there is. */
import { nearestWord } from "../config/nearest-word.ts";

/** Names that a message lists at most. */
const MOST_LISTED = 10;

/** `did you mean shop/fra?`, or what there is. */
export function hint(unknown: string, names: readonly string[]): string {
  const meant = nearestWord(unknown, names);
  if (meant !== undefined) return `did you mean ${meant}?`;
  if (names.length === 0) return "there is none";
  const more = names.length > MOST_LISTED ? " …" : "";
  return `there are ${names.slice(0, MOST_LISTED).join(", ")}${more}`;
}
