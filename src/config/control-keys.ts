/**
 * The two keys of a configuration that say where the control socket is, read from a text that may be broken everywhere else:
 * whoever mends it asks the running server first. Reads the sections alone, and checks nothing.
 */
import { readYaml } from "./yaml/document.ts";
import { readQuickly } from "./yaml/quick-document.ts";

export interface ControlKeys {
  /** `listen.control` as written; undefined = not, or not readable. */
  readonly control: string | undefined;
  /** `state.file` likewise. */
  readonly stateFile: string | undefined;
}

export function readControlKeys(text: string): ControlKeys {
  return { control: keyIn(text, "listen", "control"), stateFile: keyIn(text, "state", "file") };
}

function keyIn(text: string, section: string, key: string): string | undefined {
  const part = sectionIn(text, section);
  if (part === undefined) return undefined;
  const document = readQuickly(part) ?? readYaml(part);
  if (document.readable) return textAt(document.value, section, key);
  // The line of the key may be whole where the section is not.
  const line = new RegExp(String.raw`(?:^[ \t]+|[{,][ \t]*)${key}:[ \t]+("[^"\n]*"|'[^'\n]*'|[^\s,}#]+)`, "m").exec(
    part,
  )?.[1];
  return line?.replaceAll(/^["']|["']$/g, "");
}

/** The lines of a section, up to the next key that begins a line. A document in braces is one part. */
function sectionIn(text: string, section: string): string | undefined {
  const start = new RegExp(String.raw`^(["']?)${section}\1[ \t]*:(?=\s)`, "m").exec(text)?.index;
  if (start === undefined) return /^\s*\{/.test(text) ? text : undefined;
  const next = /\n(?:[\w"'-]|\.\.\.)/.exec(text.slice(start));
  return next === null ? text.slice(start) : text.slice(start, start + next.index + 1);
}

function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  const inner = keys.reduce<unknown>(
    (outer, key) => (typeof outer === "object" && outer !== null ? (outer as Record<string, unknown>)[key] : undefined),
    value,
  );
  return typeof inner === "string" ? inner : undefined;
}
