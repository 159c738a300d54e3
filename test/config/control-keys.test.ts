import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readControlKeys } from "../../src/config/control-keys.ts";

test.for([
  ["nothing", "", undefined, undefined],
  ["a block", "listen:\n  control: /run/gs.sock\nstate:\n  file: s.db\n", "/run/gs.sock", "s.db"],
  ["a line", "state: { file: off }\nlisten: { http: off, control: off }\n", "off", "off"],
  ["braces over lines", "listen: {\n  control: /run/gs.sock\n}\nzones: {}\n", "/run/gs.sock", undefined],
  ["quotes", "\"listen\":\n  control: 'a b.sock'\n", "a b.sock", undefined],
  ["a comment", "listen: # where\n  control: x.sock # the socket\n", "x.sock", undefined],
  ["Windows' line ends", "listen:\r\n  control: x.sock\r\nzones: {}\r\n", "x.sock", undefined],
  ["JSON", '{"listen":{"control":"x.sock"},"state":{"file":"s.db"}}', "x.sock", "s.db"],
  ["an anchor", "listen: &l\n  control: x.sock\n", "x.sock", undefined],
  [
    "a key of the same name elsewhere",
    "state:\n  keep: 1d\nprofiles:\n  file: x\n  control: y\n",
    undefined,
    undefined,
  ],
  ["no text", "listen:\n  control: [a]\nstate: 7\n", undefined, undefined],
] as const)("readControlKeys: %s", ([, text, control, stateFile]) => {
  expect(readControlKeys(text)).toEqual({ control, stateFile });
});

describe("readControlKeys: of a broken file", () => {
  const LISTEN = "listen:\n  control: /run/gs.sock\n  http: off\n";

  test.for([
    ["no YAML after it", `${LISTEN}profiles:\n  a: [\n`],
    ["no YAML before it", `zones:\n\tgtm: {\n"\n${LISTEN}`],
    ["a tab in the section", "listen:\n  control: /run/gs.sock\n\thttp: off\n"],
    ["a quote left open in the section", 'listen:\n  dns: "0.0.0.0:53\n  control: /run/gs.sock\n'],
    ["a brace left open in the section", 'listen: { control: "/run/gs.sock", dns: [\nzones: {}\n'],
    ["the section twice", `${LISTEN}${LISTEN}`],
    ["octets that are no UTF-8", `${LISTEN}log: { level: \udcff }\n`],
  ] as const)("%s", ([, text]) => {
    expect(readControlKeys(text).control).toBe("/run/gs.sock");
  });
});

test("readControlKeys: finds them among many other lines, and beside the example", () => {
  const profile = "  p: { names: [p.example.com], method: priority, endpoints: { a: { address: 192.0.2.1 } } }\n";
  const text = `listen:\n  control: x.sock\nprofiles:\n${profile.repeat(100_000)}state: { file: s.db }\n`;
  expect(readControlKeys(text)).toEqual({ control: "x.sock", stateFile: "s.db" });
  const example = readFileSync(new URL("../../config/example.yaml", import.meta.url), "utf8");
  expect(readControlKeys(example.replace("# file: /var/lib/geosteer/state.db", "file: s.db")).stateFile).toBe("s.db");
});
