/** RFC 9471, "DNS Glue Requirements in Referral Responses". */
import { expect, test } from "vitest";
import { conformanceServer, repliesTo, TYPE, wantedBy, type Row } from "../support/conformance-server.ts";

const { A, AAAA, NS } = TYPE;

const COUNT = 10;
const WIDE = Array.from({ length: COUNT }, (_, i) => `ns${i}.wide`);

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      both: { NS: [a.both, b.both, ns.example.net.] }
      a.both: { A: [192.0.2.1, 192.0.2.2], AAAA: "2001:db8::1" }
      b.both: { AAAA: "2001:db8::2" }
      sibling: { NS: a.both }
      outside: { NS: [ns.example.net., ns.example.com.] }
      parent: { NS: ns1 }
      wide: { NS: [${WIDE.join(", ")}] }
${WIDE.map((name, i) => `      ${name}: { A: 192.0.2.1${i}, AAAA: "2001:db8::1${i}" }`).join("\n")}
`);

const both = {
  flags: "qr",
  authority: ["a.both", "b.both"]
    .map((name) => `both.example.org 300 NS ${name}.example.org`)
    .concat("both.example.org 300 NS ns.example.net"),
  additional: [
    "a.both.example.org 300 A 192.0.2.1",
    "a.both.example.org 300 A 192.0.2.2",
    "a.both.example.org 300 AAAA 2001:db8:0:0:0:0:0:1",
    "b.both.example.org 300 AAAA 2001:db8:0:0:0:0:0:2",
  ],
};
const wide = {
  flags: "qr",
  authority: WIDE.map((name) => `wide.example.org 300 NS ${name}.example.org`),
  additional: WIDE.flatMap((name, i) => [
    `${name}.example.org 300 A 192.0.2.1${i}`,
    `${name}.example.org 300 AAAA 2001:db8:0:0:0:0:0:1${i}`,
  ]),
};
const name = "www.wide.example.org";

test.for<Row>([
  ...[A, AAAA, NS].map((type): Row => [
    `3.1: all glue of nameservers in the domain, both families, whatever is asked (type ${type})`,
    { name: "www.both.example.org", type },
    both,
    [`query - ${type === A ? "A" : type === NS ? "NS" : "AAAA"} NOERROR`],
  ]),
  ["3.1: at the cut itself", { name: "both.example.org" }, both, ["query - A NOERROR"]],
  [
    "3.1: glue that does not fit: TC, no part of it",
    { name },
    { flags: "qr tc" },
    ["event truncated", "query - A NOERROR"],
    { transport: "udp" },
  ],
  ["3.1: with room for it, all", { name, edns: { size: 1232 } }, wide, ["query - A NOERROR"], { transport: "udp" }],
  [
    "3.1: a client's size that is too small",
    { name, edns: { size: 600 } },
    { flags: "qr tc" },
    ["event truncated", "query - A NOERROR"],
    { transport: "udp" },
  ],
  ["3.1: over TCP, all", { name }, wide, ["query - A NOERROR"], { transport: "tcp" }],
  [
    "3.2: glue of nameservers in a sibling domain",
    { name: "www.sibling.example.org" },
    {
      flags: "qr",
      authority: ["sibling.example.org 300 NS a.both.example.org"],
      additional: both.additional.slice(0, 3),
    },
    ["query - A NOERROR"],
  ],
  [
    "2.1: a nameserver in the parent's own data is found with its address",
    { name: "www.parent.example.org" },
    {
      flags: "qr",
      authority: ["parent.example.org 300 NS ns1.example.org"],
      additional: ["ns1.example.org 300 A 192.0.2.53"],
    },
    ["query - A NOERROR"],
  ],
  [
    "2.1: nameservers elsewhere have no glue",
    { name: "www.outside.example.org" },
    {
      flags: "qr",
      authority: ["outside.example.org 300 NS ns.example.net", "outside.example.org 300 NS ns.example.com"],
    },
    ["query - A NOERROR"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});
