/** What a load has changed, in a few words or in many. */
import { counted } from "../../config/counted.ts";
import type { Changed, Changes } from "../../control/control.ts";
import { titled } from "./lines.ts";
import type { Screen } from "./screen.ts";
import { visible } from "./visible.ts";

const KINDS = ["profiles", "endpoints", "zones"] as const;
const WAYS = ["added", "removed", "changed"] as const;
const SIGNS = { added: "+", removed: "−", changed: "~" } as const;

/** Names that are told of each kind and way. */
const TOLD = 10;

/** `profiles +1 ~2, endpoints +3`; nothing changed is told as such. */
export function changesWord(changes: Changes | undefined): string {
  if (changes === undefined) return "";
  const parts = KINDS.flatMap((kind) => {
    const counts = WAYS.filter((way) => changes[kind][way].length > 0);
    return counts.length === 0
      ? []
      : [[kind, ...counts.map((way) => `${SIGNS[way]}${changes[kind][way].length}`)].join(" ")];
  });
  return parts.join(", ") || "nothing";
}

/** A line for each kind that has changed, with the names. */
export function changesText(changes: Changes, screen: Screen): string {
  const lines = KINDS.flatMap((kind) => WAYS.map((way) => lineOf(kind, way, changes[kind], screen)));
  return lines.join("") || titled("Changed", "nothing", screen);
}

function lineOf(kind: string, way: (typeof WAYS)[number], changed: Changed, screen: Screen): string {
  const names = changed[way];
  if (names.length === 0) return "";
  const more = names.length > TOLD ? ` and ${(names.length - TOLD).toLocaleString("en")} more` : "";
  const title = way[0]!.toUpperCase() + way.slice(1);
  return titled(
    title,
    `${counted(names.length, kind.slice(0, -1))}: ${names.slice(0, TOLD).map(visible).join(", ")}${more}`,
    screen,
  );
}
