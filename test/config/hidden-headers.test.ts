import { expect, test } from "vitest";
import { withSecretsHidden } from "../../src/config/hidden-headers.ts";

test.for<[string, string, string]>([
  [
    "a flow map",
    "m: { headers: { Authorization: Bearer x, Host: a.example } }",
    'm: { headers: { Authorization: "(hidden)", Host: "(hidden)" } }',
  ],
  [
    "a block map, with comments",
    "m:\n  headers:\n    X-Key: 'it''s' # why\n    Y: |\n      two\n      lines\n  path: /x\n",
    'm:\n  headers:\n    X-Key: "(hidden)" # why\n    Y: "(hidden)"\n  path: /x\n',
  ],
  ["what is no map", "headers: none", "headers: none"],
  ["a text without headers", "a: 1 # heading", "a: 1 # heading"],
  ["a zone file that says it", "@ TXT headers: { a: b", "@ TXT headers: { a: b"],
  [
    "what probes send, and credentials in the wrong place",
    "m: { body: 'pass=x', path: /y }\nn:\n  send: AUTH x # why\n  authorization: Bearer x\n",
    'm: { body: "(hidden)", path: /y }\nn:\n  send: "(hidden)" # why\n  authorization: "(hidden)"\n',
  ],
  [
    "where credentials are",
    "m: { authorization: { file: token, user: x } }",
    "m: { authorization: { file: token, user: x } }",
  ],
  [
    "an anchor",
    "a: { headers: &h { K: s } }\nb: { headers: *h }",
    'a: { headers: &h { K: "(hidden)" } }\nb: { headers: *h }',
  ],
  [
    "the URLs of notices",
    "notices:\n  ops: { url: https://ops.example.com/x, format: json }\n  chat:\n    url: >-\n      https://a.example/\n    on: regions\n",
    'notices:\n  ops: { url: "(hidden)", format: json }\n  chat:\n    url: "(hidden)"\n    on: regions\n',
  ],
  ["a URL elsewhere", "notices: { ops: none }\nurl: a", "notices: { ops: none }\nurl: a"],
])("withSecretsHidden hides what may let its bearer in: %s", ([, text, shown]) => {
  expect(withSecretsHidden(text)).toBe(shown);
});
