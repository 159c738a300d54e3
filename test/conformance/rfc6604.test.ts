/** RFC 6604, "xNAME RCODE and Status Bits Clarification". */
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import { conformanceServer, RCODE, repliesTo, TYPE, wantedBy, type Row } from "../support/conformance-server.ts";

const { AAAA } = TYPE;
const { NXDOMAIN, SERVFAIL } = RCODE;

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      www: { A: 192.0.2.1 }
      to-www: { CNAME: www }
      to-gone: { CNAME: gone }
      twice: { CNAME: to-gone }
      to-empty: { CNAME: empty }
      x.empty: { A: 192.0.2.2 }
      to-outside: { CNAME: gone.example.net. }
      to-cut: { CNAME: gone.sub }
      sub: { NS: ns.example.net. }
      to-off: { CNAME: off }
      to-down: { CNAME: down }
monitors: { web: { protocol: tcp, port: 80 } }
profiles:
  off: { names: [off.example.org], method: priority, enabled: false, endpoints: { a: { address: 192.0.2.3 } } }
  down:
    names: [down.example.org]
    method: priority
    monitor: web
    whenAllDown: servfail
    endpoints: { a: { address: 192.0.2.4 } }
`);
server.set("down/a", "degraded");

const org = soaOf("example.org");
const alias = (from: string, to: string): string => `${from}.example.org 300 CNAME ${to}`;

test.for<Row>([
  [
    "2.1: AA is that of the first name: it stays where the chain leaves our zones",
    { name: "to-outside.example.org" },
    { answers: [alias("to-outside", "gone.example.net")] },
    ["query - A NOERROR"],
  ],
  [
    "2.1: it stays where the chain crosses a cut",
    { name: "to-cut.example.org" },
    { answers: [alias("to-cut", "gone.sub.example.org")], authority: ["sub.example.org 300 NS ns.example.net"] },
    ["query - A NOERROR"],
  ],
  [
    "3: the RCODE is that of the last name: NXDOMAIN",
    { name: "to-gone.example.org" },
    { rcode: NXDOMAIN, answers: [alias("to-gone", "gone.example.org")], authority: [org] },
    ["query - A NXDOMAIN"],
  ],
  [
    "3: after two aliases",
    { name: "twice.example.org" },
    {
      rcode: NXDOMAIN,
      answers: [alias("twice", "to-gone.example.org"), alias("to-gone", "gone.example.org")],
      authority: [org],
    },
    ["query - A NXDOMAIN"],
  ],
  [
    "3: NOERROR without data",
    { name: "to-www.example.org", type: AAAA },
    { answers: [alias("to-www", "www.example.org")], authority: [org] },
    ["query - AAAA NOERROR"],
  ],
  [
    "3: an empty non-terminal",
    { name: "to-empty.example.org" },
    { answers: [alias("to-empty", "empty.example.org")], authority: [org] },
    ["query - A NOERROR"],
  ],
  [
    "3: a profile that is disabled",
    { name: "to-off.example.org" },
    { rcode: NXDOMAIN, answers: [alias("to-off", "off.example.org")], authority: [org] },
    ["query off A NXDOMAIN", "decision off/- out-of-service"],
  ],
  [
    "3: a profile that fails",
    { name: "to-down.example.org" },
    { rcode: SERVFAIL, answers: [alias("to-down", "down.example.org")] },
    ["query down A SERVFAIL", "decision down/- refused-all-down"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});
