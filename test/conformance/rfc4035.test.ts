/**
 * RFC 4035, "Protocol Modifications for the DNS Security Extensions", as far as it binds a server without signatures,
 * and RFC 3225, "Indicating Resolver Support of DNSSEC".
 */
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import { conformanceServer, RCODE, repliesTo, TYPE, wantedBy, type Row } from "../support/conformance-server.ts";

const { ANY, DNSKEY, DS, NSEC, NSEC3PARAM, RRSIG } = TYPE;
const { NXDOMAIN, REFUSED } = RCODE;

const DIGEST = "ab".repeat(32);

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      www: { A: 192.0.2.1 }
      alias: { CNAME: www }
      to-signed: { CNAME: signed }
      signed: { NS: ns.example.net., DS: 12345 8 2 ${DIGEST} }
      unsigned: { NS: ns.example.net. }
      away: { NS: ns.example.net. }
      x.wild: { NS: ns.example.net., DS: 12345 8 2 ${DIGEST} }
      child: { NS: ns1.child, DS: 12345 8 2 ${DIGEST} }
      bare-child: { NS: ns1.bare-child }
      ns1.child: { A: 192.0.2.54 }
      ns1.bare-child: { A: 192.0.2.54 }
  deep.away.example.org: { nameservers: [ns1.deep.away.example.org], records: { ns1: { A: 192.0.2.54 } } }
  wild.example.org:
    nameservers: [ns1.wild.example.org]
    records: { ns1: { A: 192.0.2.54 }, "*": { A: 192.0.2.55 } }
  child.example.org: { nameservers: [ns1.child.example.org], records: { ns1: { A: 192.0.2.54 } } }
  bare-child.example.org: { nameservers: [ns1.bare-child.example.org], records: { ns1: { A: 192.0.2.54 } } }
`);

const org = soaOf("example.org");
const name = "www.example.org";
const www = ["www.example.org 300 A 192.0.2.1"];
const dsOf = (owner: string): string => `${owner} 300 TYPE43 30390802${DIGEST}`;
const dnssecOk = { edns: { dnssecOk: true } };

test.for<Row>([
  [
    "3: without signatures DO changes nothing but itself",
    { name, ...dnssecOk },
    { answers: www, edns: { dnssecOk: true } },
    ["query - A NOERROR"],
  ],
  ...[RRSIG, DNSKEY, NSEC, NSEC3PARAM].map((type): Row => [
    `3: type ${type} at a zone without signatures is NODATA`,
    { name: "example.org", type, ...dnssecOk },
    { authority: [org], edns: { dnssecOk: true } },
    ["query - other NOERROR"],
  ]),
  [
    "3.1.4.1: DS at a cut is the parent's to answer, with AA",
    { name: "signed.example.org", type: DS },
    { answers: [dsOf("signed.example.org")] },
    ["query - other NOERROR"],
  ],
  [
    "3.1.4.1: no DS at a cut: NODATA with the parent's SOA, with AA",
    { name: "unsigned.example.org", type: DS },
    { authority: [org] },
    ["query - other NOERROR"],
  ],
  [
    "3.1.4.1: DS at a cut to a zone of ours is the parent's all the same",
    { name: "child.example.org", type: DS },
    { answers: [dsOf("child.example.org")] },
    ["query - other NOERROR"],
  ],
  [
    "3.1.4.1: no DS at a cut to a zone of ours: the parent's SOA",
    { name: "bare-child.example.org", type: DS },
    { authority: [org] },
    ["query - other NOERROR"],
  ],
  [
    "3.1.4.1: DS at a zone of ours below a cut to others is theirs to tell",
    { name: "deep.away.example.org", type: DS },
    { flags: "qr", authority: ["away.example.org 300 NS ns.example.net"] },
    ["query - other NOERROR"],
  ],
  [
    "3.1.4.1: a DS record inside a zone of ours below is not in that zone",
    { name: "y.x.wild.example.org" },
    { answers: ["y.x.wild.example.org 300 A 192.0.2.55"] },
    ["query - A NOERROR"],
  ],
  [
    "3.1.4.1: DS at an apex whose parent is not ours: NODATA with the SOA of the child, with AA",
    { name: "example.org", type: DS },
    { authority: [org] },
    ["query - other NOERROR"],
  ],
  [
    "3.1.4.1: DS below a cut is a referral",
    { name: "www.signed.example.org", type: DS },
    { flags: "qr", authority: ["signed.example.org 300 NS ns.example.net"] },
    ["query - other NOERROR"],
  ],
  [
    "3.1.4.1: DS at a name that is no cut is NODATA",
    { name, type: DS },
    { authority: [org] },
    ["query - other NOERROR"],
  ],
  [
    "3.1.4.1: DS at the name that an alias leads to",
    { name: "alias.example.org", type: DS },
    { answers: ["alias.example.org 300 CNAME www.example.org"], authority: [org] },
    ["query - other NOERROR"],
  ],
  [
    "3.1.4.1: DS at the cut that an alias leads to",
    { name: "to-signed.example.org", type: DS },
    { answers: ["to-signed.example.org 300 CNAME signed.example.org", dsOf("signed.example.org")] },
    ["query - other NOERROR"],
  ],
  [
    "3.1.4.1: DS at a name that does not exist",
    { name: "nowhere.example.org", type: DS },
    { rcode: NXDOMAIN, authority: [org] },
    ["query - other NXDOMAIN"],
  ],
  [
    "3.1.4.1: any other type at the cut is a referral",
    { name: "signed.example.org", type: DNSKEY },
    { flags: "qr", authority: ["signed.example.org 300 NS ns.example.net"] },
    ["query - other NOERROR"],
  ],
  ["3.1.6: CD is copied", { name, flags: 0x0010 }, { flags: "qr aa cd", answers: www }, ["query - A NOERROR"]],
  [
    "3.1.6: CD is copied into a refusal",
    { name: "example.net", flags: 0x0010 },
    { flags: "qr cd", rcode: REFUSED },
    ["query - A REFUSED"],
  ],
  ["3.1.6: AD is not set, asked for or not", { name, flags: 0x0020 }, { answers: www }, ["query - A NOERROR"]],
  [
    "RFC 3225, 3: DO is copied",
    { name, ...dnssecOk, flags: 0x0020 },
    { answers: www, edns: { dnssecOk: true } },
    ["query - A NOERROR"],
  ],
  ["RFC 3225, 3: and is clear where it was clear", { name, edns: {} }, { answers: www }, ["query - A NOERROR"]],
  [
    "RFC 3225, 3: DO is copied into a refusal",
    { name: "example.net", ...dnssecOk },
    { flags: "qr", rcode: REFUSED, edns: { dnssecOk: true, ede: 20 } },
    ["query - A REFUSED"],
  ],
  [
    "RFC 3225, 3: DO is copied into a negative answer",
    { name: "nowhere.example.org", type: ANY, ...dnssecOk },
    { rcode: NXDOMAIN, authority: [org], edns: { dnssecOk: true } },
    ["query - ANY NXDOMAIN"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});
