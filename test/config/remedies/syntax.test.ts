/** Texts that are no YAML, and what is told of them. */
import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

const IPV6 = 'quotes around an IPv6 address: "2001:db8::1", "[::1]:53"';
const VARIABLES = "the value itself: no variables are put in; run the file through envsubst or a template first";
const COLON = 'a space after the colon: "method: ..."';

test.for<[text: string, wanted: string]>([
  ["listen: { dns: [0.0.0.0:53, [::]:53] }\n", IPV6],
  ["listen:\n  dns: [::]:53\n", IPV6],
  ["listen:\n  dns:\n    - [::1]:53\n", IPV6],
  ["a: { address: 2001:db8::, weight: 1 }\n", IPV6],
  ["a:\n  address: 2001:db8::\n", IPV6],
  ["p:\n  method:performance\n  ttl: 60s\n", COLON],
  ["p:\n  ttl: 60s\n  method:performance\n", COLON],
  ["p:\n\tmethod: performance\n", "spaces in place of tabs"],
  ["p:\n  ttl: 60s\n\tmethod: performance\n", "spaces in place of tabs"],
  ["a: { address: ${IP} }\n", VARIABLES],
  ["a: {{ ip }}\n", VARIABLES],
  ["{% if x %}\na: b\n{% endif %}\n", VARIABLES],
  ["records:\n  @: { A: 192.0.2.1 }\n", 'quotes around a text that begins with @, % or `: "@"'],
  ["records:\n  *.apps: { CNAME: shop }\n", 'quotes around a name with an asterisk: "*.apps"'],
  ["a: *\n", 'quotes around a text that begins with an asterisk: "*"'],
  ["a: 1\n---\nb: 2\n", "one document: no line of ---"],
  ["a: !Ref b\n", "a value without a tag"],
  [
    "TXT: a: b\n",
    "quotes around a text that has a colon before a space or at its end, and keys of one mapping in one column",
  ],
  [
    "method: priority\n ttl: 60s\n",
    "quotes around a text that has a colon before a space or at its end, and keys of one mapping in one column",
  ],
  ["a: [b, c\nd: e\n", "the closing ] or } of this list or mapping, and its lines further in than its key"],
  ["a: 'it's'\n", "one text in one pair of quotes; a quote inside single quotes is written twice"],
  ['a: "\\# 4"\n', String.raw`single quotes around a text with backslashes, or \\ for each`],
])("%j", ([text, wanted]) => {
  expect(diagnose(text)[0]?.split(", wanted ")[1]).toBe(wanted);
});

test.for([
  "X-Key: hunter2: swordfish\n",
  'X-Key: "hunter2\nother: 1\n',
  "X-Key: 'hunter2' swordfish\n",
  "X-Key: |hunter2 swordfish\n  a\n",
  "- a\nhunter2: swordfish\n",
  "X-Key: @hunter2\n",
  "hunter2 swordfish\nb: 1\n",
])("nothing of %j is told but its signs", (text) => {
  const lines = diagnose(text);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join("\n")).not.toMatch(/hunter|swordfish/);
});
