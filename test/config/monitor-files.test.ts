import { expect, test } from "vitest";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { HttpMonitor } from "../../src/health/monitoring.ts";
import { authority, issued, issuedKey } from "../health/fixtures/issued-certificates.ts";
import { privateKey } from "../health/fixtures/certificate.ts";
import { filesOf } from "./diagnose.ts";

const files = {
  "ca.pem": authority,
  "probe.pem": issued + authority,
  "probe.key": issuedKey,
  "other.key": privateKey,
  garbage: "no PEM",
  token: "s3cret\n",
  "two-lines": "\n s3cret \r\nand more\n",
  empty: "\n\n",
  endless: "s3cret".repeat(2000),
  unsendable: "s3cret with spaces\n",
};
const variables: Readonly<Record<string, string>> = { TOKEN: "s3cret", EMPTY: "" };

function load(keys: string) {
  const text = `zones: { gtm.example.com: { nameservers: [ns.example.net] } }
monitors:
  a: { protocol: https, ${keys} }
`;
  return loadConfig({
    file: "demo.yaml",
    text,
    serial: 1,
    readFile: filesOf(files),
    variable: (name) => variables[name],
  });
}

function lines(keys: string): readonly string[] {
  const loaded = load(keys);
  return loaded.ok ? [] : loaded.error.map(formatDiagnostic);
}

function monitor(keys: string): HttpMonitor {
  const loaded = load(keys);
  if (!loaded.ok) throw new Error(lines(keys).join("\n"));
  return loaded.value.monitoring.monitors[0] as HttpMonitor;
}

test("a monitor has the texts of its files", () => {
  expect(monitor("ca: ca.pem, clientCertificate: probe.pem, clientKey: probe.key").tls).toMatchObject({
    ca: authority,
    clientCertificate: issued + authority,
    clientKey: issuedKey,
  });
});

test.for([
  ["file: token", "Bearer s3cret"],
  ["file: two-lines", "Bearer s3cret"],
  ["variable: TOKEN", "Bearer s3cret"],
  ["variable: TOKEN, user: probe", `Basic ${btoa("probe:s3cret")}`],
  ["file: unsendable, user: probe", `Basic ${btoa("probe:s3cret with spaces")}`],
])("authorization: { %s } is sent as %s", ([keys, value]) => {
  expect(monitor(`authorization: { ${keys} }`).authorization).toBe(value);
});

test.for<[keys: string, found: readonly string[]]>([
  ["ca: gone", ["monitors.a.ca: a file of a monitor that cannot be read: no such file"]],
  ["ca: garbage", ["monitors.a.ca: no certificate in the file"]],
  ["clientCertificate: garbage, clientKey: probe.key", ["monitors.a.clientCertificate: no certificate in the file"]],
  ["clientCertificate: probe.pem, clientKey: garbage", ["monitors.a.clientKey: no key in the file that can be used"]],
  ["clientCertificate: probe.pem, clientKey: other.key", ["monitors.a.clientKey: the key is not of clientCertificate"]],
  ["clientCertificate: probe.pem", ["monitors.a.clientKey: missing key, found nothing, wanted clientKey beside"]],
  [
    "clientKey: probe.key",
    ["monitors.a.clientCertificate: missing key, found nothing, wanted clientCertificate beside"],
  ],
  ["authorization: {}", ["monitors.a.authorization: credentials without a secret"]],
  ["authorization: { file: endless }", ["monitors.a.authorization.file: a secret of more than 8192 characters"]],
  ["authorization: { user: a }", ["monitors.a.authorization: credentials without a secret"]],
  [
    "authorization: { file: token, variable: TOKEN }",
    ["monitors.a.authorization.variable: a secret both in a file and"],
  ],
  ["authorization: { variable: GONE }", ["monitors.a.authorization.variable: an environment variable that is not set"]],
  ["authorization: { variable: EMPTY }", ["monitors.a.authorization.variable: an empty secret"]],
  ["authorization: { file: empty }", ["monitors.a.authorization.file: an empty secret"]],
  ["authorization: { file: gone }", ["monitors.a.authorization.file: a file of a monitor that cannot be read"]],
  ["authorization: { file: unsendable }", ["monitors.a.authorization.file: a token that is not visible ASCII"]],
  ["authorization: { file: token, user: 'a:b' }", ["monitors.a.authorization.user: a colon in the name of a user"]],
])("%s: %s", ([keys, found]) => {
  expect(lines(keys)).toEqual(found.map((line) => expect.stringContaining(line)));
});

test.for([
  "authorization: Bearer s3cret",
  "authorization: [s3cret]",
  "authorization: { password: s3cret }",
  "authorization: { token: { file: s3cret } }",
  "authorization: { file: unsendable }",
  "authorization: { file: token, variable: TOKEN }",
  "method: POST, body: [s3cret]",
  "method: POST, body: { a: s3cret }",
  "method: GET, body: s3cret",
])("what is wrong with %s does not tell the secret", (keys) => {
  const told = lines(keys);
  expect(told).not.toEqual([]);
  expect(told.join("\n")).not.toContain("s3cret");
});
