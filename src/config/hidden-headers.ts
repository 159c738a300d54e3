/**
 * The text of a configuration without what may be passwords: values of headers, what probes send, and the URLs of notices.
 * For people who look at its history.
 */
import { isMap, isNode, isScalar, type Node, parseDocument, visit, type YAMLMap } from "yaml";

const HIDDEN = '"(hidden)"';

/** Keys of monitors whose value is hidden where it is a text. Files and variables that hold credentials are no secrets. */
const TEXTS: ReadonlySet<unknown> = new Set(["body", "send", "authorization"]);

/** All else stays as it is written. A text that is no YAML, such as a zone file, is returned as it is. */
export function withSecretsHidden(text: string): string {
  if (!/headers|notices|body|send|authorization/.test(text)) return text;
  const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false });
  const ranges: (readonly [from: number, to: number])[] = [];
  const hide = (node: Node): void => {
    visit(node, {
      Scalar(part, { range }) {
        if (part !== "key" && range != null) ranges.push([range[0], range[1]]);
      },
    });
  };
  visit(document, {
    Pair(_key, { key, value }) {
      if (!isScalar(key)) return;
      if (TEXTS.has(key.value) && isScalar(value)) hide(value);
      if (key.value === "headers" && isMap(value)) hide(value);
      // Of any mapping of this name: what is hidden too often harms nobody.
      if (key.value === "notices" && isMap(value)) for (const url of urlsIn(value)) hide(url);
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

/** What stands at `url` of each notice. */
function urlsIn(notices: YAMLMap): readonly Node[] {
  return notices.items.flatMap(({ value: notice }) => {
    if (!isMap(notice)) return [];
    const found = notice.items.filter(({ key }) => isScalar(key) && key.value === "url").map(({ value }) => value);
    return found.filter((value) => isNode(value));
  });
}
