import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

const withMonitor = (keys: string): string => `zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors:
  a: { protocol: http, ${keys} }
`;

test.for<[keys: string, line: string | undefined]>([
  ["method: POST, body: hi", undefined],
  ["method: GET, contains: hi", undefined],
  [
    "body: hi",
    "monitors.a.body: body means nothing for method GET, found a text that is not shown, wanted no body, or method POST",
  ],
  [
    "method: HEAD, matches: hi",
    'monitors.a.matches: matches means nothing for method HEAD, found "hi", wanted no matches, or method GET or POST',
  ],
  [
    'method: HEAD, json: { path: "$.a" }',
    "monitors.a.json: json means nothing for method HEAD, found a mapping, wanted no json, or method GET or POST",
  ],
  [
    "headers: { AUTHORIZATION: Bearer x }, authorization: { file: token }",
    'monitors.a.headers.AUTHORIZATION: the header that authorization sends, found "AUTHORIZATION", wanted one of headers.Authorization and authorization',
  ],
  [
    'matches: "(ok"',
    'monitors.a.matches: not a regular expression of RE2: missing closing ): `(ok`, found "(ok", wanted one such as ^ready: (yes|true)$',
  ],
  [
    'matches: "a(?=b)"',
    'monitors.a.matches: not a regular expression of RE2: invalid or unsupported Perl syntax: `(?=`, found "a(?=b)", wanted one such as ^ready: (yes|true)$',
  ],
  ['json: { path: "$..[?" }', "monitors.a.json.path: not a JSON path: "],
  ['json: { path: "" }', "monitors.a.json.path: not a JSON path: "],
])("a monitor with %s: %s", ([keys, line]) => {
  const lines = diagnose(withMonitor(keys), { token: "s3cret" });
  expect(lines.length).toBe(line === undefined ? 0 : 1);
  expect(lines.join(" ")).toContain(line ?? "");
});
