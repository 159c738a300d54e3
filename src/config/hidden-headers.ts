/**
 * The text of a configuration without what may be passwords: values of headers, and what probes send. For people who look
 * at its history.
 */
import { isMap, isScalar, parseDocument, visit } from "yaml";

const HIDDEN = '"(hidden)"';

/** Keys of monitors whose value is hidden where it is a text. Files and variables that hold credentials are no secrets. */
const TEXTS: ReadonlySet<unknown> = new Set(["body", "send", "authorization"]);

/** All else stays as it is written. A text that is no YAML, such as a zone file, is returned as it is. */
export function withHeadersHidden(text: string): string {
  if (!/headers|body|send|authorization/.test(text)) return text;
  const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
  const ranges: (readonly [from: number, to: number])[] = [];
  visit(document, {
    Pair(_key, { key, value }) {
      if (!isScalar(key)) return;
      if (TEXTS.has(key.value) && isScalar(value) && value.range != null) ranges.push([value.range[0], value.range[1]]);
      if (key.value !== "headers" || !isMap(value)) return;
      visit(value, {
        Scalar(part, { range }) {
          if (part === "value" && range != null) ranges.push([range[0], range[1]]);
        },
      });
    },
  });
  let shown = "";
  let at = 0;
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    if (from < at) continue;
    shown += text.slice(at, from) + HIDDEN;
    // The end of a block scalar is that of its last line.
    at = text[to - 1] === "\n" ? to - 1 : to;
  }
  return shown + text.slice(at);
}
