import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/load-config.ts";
import { diagnose, filesOf } from "./diagnose.ts";

const YAML = `zones: { a.example: { nameservers: [ns.example.net] } }
dns: { cookies: { secrets: secrets.txt } }
`;

test("loadConfig reads the secrets of cookies", () => {
  const readFile = filesOf({ "secrets.txt": `# new\n${"00".repeat(16)}\n${"0f".repeat(16)}\n` });
  const loaded = loadConfig({ file: "demo.yaml", text: YAML, serial: 1, readFile });
  expect(loaded.ok && loaded.value.settings.dns.cookieSecrets).toEqual([
    new Uint8Array(16),
    new Uint8Array(16).fill(15),
  ]);
});

test("loadConfig reports secrets that are missing or wrong, without a word of them", () => {
  expect(diagnose(YAML)).toEqual([
    'demo.yaml:2:28 dns.cookies.secrets: a file of secrets that cannot be read: no such file, found "secrets.txt", wanted the path of a file; paths count from the configuration\'s folder',
  ]);
  expect(diagnose(YAML, { "secrets.txt": `${"00".repeat(16)}\nhunter2\n` })).toEqual([
    "secrets.txt:2:1 dns.cookies.secrets: not a secret, found a text that is not shown, wanted 32 hexadecimal digits",
  ]);
  expect(diagnose(YAML, { "secrets.txt": "000102030405060708090a0b0c0d0e0f" })).toEqual([
    "secrets.txt:1:1 dns.cookies.secrets: a secret that everybody knows, found one that is printed in documents, wanted one of your own: openssl rand -hex 16",
  ]);
});

test.for(["", "a\\0b"])("loadConfig reports a name that no file of secrets has: %j", (name) => {
  expect(diagnose(YAML.replace("secrets.txt", `"${name}"`))).toEqual([
    expect.stringMatching(/^demo\.yaml:2:28 dns\.cookies\.secrets: not a file name, .* wanted the path of a file$/),
  ]);
});
