import { expect, test } from "vitest";
import { diagnose } from "../diagnose.ts";

test.for<[behaviour: string, text: string, lines: readonly string[]]>([
  [
    "an address twice, and HTTP on an address of DNS",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
listen:
  dns: ["127.0.0.1:53", "127.0.0.1:53"]
  http: 127.0.0.1:53
`,
    [
      'demo.yaml:3:25 listen.dns[1]: the same address and port twice, found "127.0.0.1:53", wanted each once',
      'demo.yaml:4:9 listen.http: the same address and port twice, found "127.0.0.1:53", wanted each once',
    ],
  ],
  [
    "port 0 is another port each time",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
listen: { dns: ["127.0.0.1:0", "127.0.0.1:0"], http: "127.0.0.1:0" }
`,
    [],
  ],
  [
    "a path that no Unix socket can have",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
listen: { control: ${"a".repeat(103)}.sock }
`,
    [
      `demo.yaml:2:20 listen.control: the path of a Unix socket is too long, found 108 octets from where it counts, wanted at most 107, such as a path below /run`,
    ],
  ],
  [
    "a path that one can have",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
listen: { control: ${"a".repeat(102)}.sock }
`,
    [],
  ],
  [
    "the same IPv6 address in two spellings",
    `
zones: { gtm.example.com: { nameservers: [ns.example.net] } }
listen: { dns: ["[::1]:53", "[0:0::1]:53"] }
`,
    ['demo.yaml:2:29 listen.dns[1]: the same address and port twice, found "[0:0::1]:53", wanted each once'],
  ],
])("checkListen: %s", ([, text, lines]) => {
  expect(diagnose(text.slice(1))).toEqual(lines);
});
