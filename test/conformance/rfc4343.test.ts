/** RFC 4343, "Domain Name System (DNS) Case Insensitivity Clarification". */
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import {
  conformanceServer,
  RCODE,
  refusalOf,
  repliesTo,
  TYPE,
  wantedBy,
  type Row,
} from "../support/conformance-server.ts";
import { labelsName } from "../support/query-packet.ts";

const { NS, TXT } = TYPE;
const { NXDOMAIN } = RCODE;

const server = conformanceServer(String.raw`
zones:
  Example.ORG:
    nameservers: [NS1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      WWW: { A: 192.0.2.1, TXT: MiXed }
      Alias: { CNAME: wWw }
      '\091': { A: 192.0.2.2 }
      '\201': { A: 192.0.2.3 }
      "*.Wild": { A: 192.0.2.4 }
      Sub: { NS: Ns.Example.NET. }
profiles:
  shop: { names: [Shop.example.org], method: priority, endpoints: { a: { address: 192.0.2.5 } } }
`);

const NEGATIVE = soaOf("example.org").replace("ns1", "NS1");
const label = (octet: number): Uint8Array => labelsName([octet], Buffer.from("example"), Buffer.from("org"));

test.for<Row>([
  ...["www.example.org", "WWW.EXAMPLE.ORG", "wWw.eXaMpLe.oRg"].map((name): Row => [
    `3: ${name} is found`,
    { name },
    { answers: [`${name} 300 A 192.0.2.1`] },
    ["query - A NOERROR"],
  ]),
  [
    "3: a profile is found in any case",
    { name: "sHoP.Example.Org" },
    { answers: ["sHoP.Example.Org 60 A 192.0.2.5"] },
    ["query shop A NOERROR", "decision shop/a preferred"],
  ],
  [
    "3: so is a wildcard",
    { name: "X.wILD.example.org" },
    { answers: ["X.wILD.example.org 300 A 192.0.2.4"] },
    ["query - A NOERROR"],
  ],
  [
    "3: and a cut",
    { name: "x.SUB.example.org" },
    { flags: "qr", authority: ["SUB.example.org 300 NS Ns.Example.NET"] },
    ["query - A NOERROR"],
  ],
  [
    "3: and what a CNAME leads to",
    { name: "ALIAS.example.org" },
    { answers: ["ALIAS.example.org 300 CNAME wWw.example.org", "wWw.example.org 300 A 192.0.2.1"] },
    ["query - A NOERROR"],
  ],
  [
    "3: ASCII letters alone: { is not [",
    { name: label(0x7b) },
    { rcode: NXDOMAIN, authority: [NEGATIVE] },
    ["query - A NXDOMAIN"],
  ],
  ["3: [ is itself", { name: label(0x5b) }, { answers: ["[.example.org 300 A 192.0.2.2"] }, ["query - A NOERROR"]],
  [
    "3: nor has an octet above 127 a case, as it has in Latin-1",
    { name: label(0xe9) },
    { rcode: NXDOMAIN, authority: [NEGATIVE] },
    ["query - A NXDOMAIN"],
  ],
  [
    "3: it is itself",
    { name: label(0xc9) },
    { answers: [String.raw`\201.example.org 300 A 192.0.2.3`] },
    ["query - A NOERROR"],
  ],
  [
    "3.1: data that is no name keeps its case",
    { name: "www.example.org", type: TXT },
    { answers: ['www.example.org 300 TXT "MiXed"'] },
    ["query - TXT NOERROR"],
  ],
  [
    "4.1: the SOA's owner is written as the question is",
    { name: "x.Example.oRG" },
    { rcode: NXDOMAIN, authority: [NEGATIVE.replace("example.org", "Example.oRG")] },
    ["query - A NXDOMAIN"],
  ],
  [
    "4.1: names in data keep their case",
    { name: "example.org", type: NS },
    { answers: ["example.org 300 NS NS1.example.org"] },
    ["query - NS NOERROR"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});

test("3: one name in two cases is one name", () => {
  const zone = "nameservers: [ns.example.net]";
  expect(
    refusalOf(`zones: { a.example: { ${zone}, records: { www: { A: 192.0.2.1 }, WWW: { A: 192.0.2.2 } } } }`),
  ).toEqual(["duplicate-record"]);
});
