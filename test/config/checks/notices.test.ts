import { describe, expect, test } from "vitest";
import { loadConfig } from "../../../src/config/load-config.ts";
import { filesOf } from "../diagnose.ts";

const ZONE = "zones: { t.example: { nameservers: ns.example.net } }\n";
const SECRET = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const FILES = {
  good: `# ours\n${SECRET}\nwhsec_${Buffer.alloc(24, 2).toString("base64")}\n`,
  short: `whsec_${Buffer.alloc(23, 1).toString("base64")}`,
  long: `whsec_${Buffer.alloc(65, 1).toString("base64")}`,
  plain: "s3cret-of-mine",
  empty: "# nothing\n",
  garbage: "no PEM",
  url: "https://ops.example.com/s3cret\n",
  "bad-url": "ops.example.com/s3cret",
};
const VARIABLES = new Map([["SECRET", SECRET]]);

function loadNotice(keys: string) {
  const text = `${ZONE}notices:\n  ops: { ${keys} }\n`;
  const readFile = filesOf(FILES);
  return loadConfig({
    file: "c.yaml",
    text,
    serial: 1,
    readFile,
    variable: (name) => VARIABLES.get(name),
    warns: true,
  });
}

/** What is said of it, as `path code`. */
function said(keys: string): readonly string[] {
  const loaded = loadNotice(keys);
  const all = loaded.ok ? loaded.value.warnings : loaded.error;
  return all.map(({ path, code }) => `${path} ${code}`);
}

const URL = "url: https://ops.example.com/hook";

describe("checkNotices", () => {
  test.for<[string, readonly string[]]>([
    [URL, []],
    ["urlFrom: { file: url }", []],
    ['url: "http://localhost:9093"', []],
    ['url: "http://127.0.0.1:9093"', []],
    ['url: "http://[::1]:9093"', []],
    ['url: "http://alertmanager:9093"', ["notices.ops.url notice-not-encrypted"]],
    ["format: json", ["notices.ops.url missing-key"]],
    [`${URL}, urlFrom: { file: url }`, ["notices.ops.url misplaced-key"]],
    ["urlFrom: {}", ["notices.ops.urlFrom.file missing-key"]],
    [`${URL}, secret: { file: good, variable: SECRET }`, ["notices.ops.secret.file misplaced-key"]],
    [`${URL}, secret: { file: good }`, []],
    [`${URL}, secret: { variable: SECRET }`, []],
    [`${URL}, secret: { variable: OTHER }`, ["notices.ops.secret.variable variable-unset"]],
    [`${URL}, secret: { file: missing }`, ["notices.ops.secret.file file-unreadable"]],
    [`${URL}, secret: { file: short }`, ["notices.ops.secret.file bad-text"]],
    [`${URL}, secret: { file: long }`, ["notices.ops.secret.file bad-text"]],
    [`${URL}, secret: { file: plain }`, ["notices.ops.secret.file bad-text"]],
    [`${URL}, secret: { file: empty }`, ["notices.ops.secret.file bad-text"]],
    ["urlFrom: { file: bad-url }", ["notices.ops.urlFrom.file bad-text"]],
    ["url: ops.example.com", ["notices.ops.url bad-text"]],
    ['url: "ftp://ops.example.com"', ["notices.ops.url bad-text"]],
    ['url: "https://user:s3cret@ops.example.com"', ["notices.ops.url bad-text"]],
    [`${URL}, headers: { Webhook-Id: x }`, ["notices.ops.headers.Webhook-Id misplaced-key"]],
    ["url: https:///ops.example.com", ["notices.ops.url bad-text"]],
    [`${URL}, ca: garbage`, ["notices.ops.ca bad-certificate"]],
    [`${URL}, only: a/b/c`, ["notices.ops.only bad-text"]],
    [`${URL}, on: [endpoint]`, ["notices.ops.on[0] wrong-value"]],
    [`${URL}, gather: 2h`, ["notices.ops.gather out-of-range"]],
  ])("%s: %j", ([keys, expected]) => {
    expect(said(keys)).toEqual(expected);
  });

  test("all secrets of a file sign", () => {
    const loaded = loadNotice(`${URL}, secret: { file: good }`);
    expect(loaded.ok && loaded.value.settings.notices[0]!.secrets.map(({ length }) => length)).toEqual([32, 24]);
  });
});

test.for([
  "url: ops.example.com/s3cret",
  'url: "https://user:s3cret@ops.example.com"',
  'url: ["https://ops.example.com/s3cret"]',
  "urlFrom: { file: bad-url }",
  'urlFrom: "https://ops.example.com/s3cret"',
  'urlFrom: { file: "https://ops.example.com/s3cret" }',
  `${URL}, secret: { file: plain }`,
  `${URL}, secret: s3cret`,
  `${URL}, secret: { variable: s3cret-of-mine }`,
  `${URL}, headers: { Webhook-Id: s3cret }`,
  `${URL}, headers: { Authorization: "s3cret\\u00e9" }`,
])("what is said of { %s } shows no secret", (keys) => {
  const loaded = loadNotice(keys);
  expect(loaded.ok).toBe(false);
  expect(JSON.stringify(loaded)).not.toContain("s3cret");
});

test.for([
  'url: "http://user:s3cret@p.example"',
  'url: "http://p.example/?token=s3cret"',
  "url: http://p.example, authorization: { file: s3cret }",
  "url: http://p.example, authorization: { variable: s3cret }",
])("what is said of a monitor with { %s } shows no secret", (keys) => {
  const text = `${ZONE}monitors:\n  m: { protocol: prometheus, expression: up, ${keys} }\n`;
  const loaded = loadConfig({ file: "c.yaml", text, serial: 1, readFile: filesOf({}), variable: () => undefined });
  expect(loaded.ok).toBe(false);
  expect(JSON.stringify(loaded)).not.toContain("s3cret");
});

test("what is said of the load of an endpoint shows no secret", () => {
  const load = '{ from: { prometheus: "http://user:s3cret@p.example", query: up } }';
  const text = `${ZONE}endpoints:\n  a: { address: 192.0.2.1, load: ${load} }\n`;
  const loaded = loadConfig({ file: "c.yaml", text, serial: 1, readFile: filesOf({}) });
  expect(loaded.ok).toBe(false);
  expect(JSON.stringify(loaded)).not.toContain("s3cret");
});

test("a notice that is a URL itself is told of without it", () => {
  const text = `${ZONE}notices:\n  ops: https://ops.example.com/s3cret\n`;
  const loaded = loadConfig({ file: "c.yaml", text, serial: 1, readFile: filesOf({}) });
  expect(loaded.ok).toBe(false);
  expect(JSON.stringify(loaded)).not.toContain("s3cret");
});
