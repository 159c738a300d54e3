/** RFC 8482, "Providing Minimal-Sized Responses to DNS Queries That Have QTYPE=ANY". */
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import { conformanceServer, RCODE, repliesTo, TYPE, wantedBy, type Row } from "../support/conformance-server.ts";

const type = TYPE.ANY;
const { NXDOMAIN, REFUSED } = RCODE;

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      www: { A: 192.0.2.1, AAAA: "2001:db8::1", TXT: text }
      x.empty: { A: 192.0.2.2 }
      alias: { CNAME: www }
      outside: { CNAME: www.example.net. }
      "*.wild": { TXT: any }
      "*.wild-alias": { CNAME: www }
      sub: { NS: ns.example.net. }
profiles:
  shop: { names: [shop.example.org], method: priority, endpoints: { a: { address: 192.0.2.4 } } }
  off: { names: [off.example.org], method: priority, enabled: false, endpoints: { a: { address: 192.0.2.5 } } }
`);

const org = soaOf("example.org");
const hinfo = (name: string): Row[2] => ({ answers: [`${name} 3600 HINFO "RFC8482" ""`] });
const counted = ["query - ANY NOERROR"];
const ask = (label: string): Row[1] => ({ name: `${label}.example.org`, type });

test.for<Row>([
  ["4.2: a synthesized HINFO", ask("www"), hinfo("www.example.org"), counted],
  ["4.2: at the apex", { name: "example.org", type }, hinfo("example.org"), counted],
  [
    "4.2: DO or not",
    { ...ask("www"), edns: { dnssecOk: true } },
    { ...hinfo("www.example.org"), edns: { dnssecOk: true } },
    counted,
  ],
  ["4.2: of a profile", ask("shop"), hinfo("shop.example.org"), ["query shop ANY NOERROR"]],
  ["4.2: of a wildcard", ask("x.wild"), hinfo("x.wild.example.org"), counted],
  [
    "4.3: a CNAME is answered with it, and not followed",
    ask("alias"),
    { answers: ["alias.example.org 300 CNAME www.example.org"] },
    counted,
  ],
  [
    "4.3: one that leads out of our zones",
    ask("outside"),
    { answers: ["outside.example.org 300 CNAME www.example.net"] },
    counted,
  ],
  [
    "4.3: one of a wildcard",
    ask("x.wild-alias"),
    { answers: ["x.wild-alias.example.org 300 CNAME www.example.org"] },
    counted,
  ],
  ["a name without data has NODATA", ask("empty"), { authority: [org] }, counted],
  ["a name that does not exist", ask("no"), { rcode: NXDOMAIN, authority: [org] }, ["query - ANY NXDOMAIN"]],
  ["a profile that is disabled", ask("off"), { rcode: NXDOMAIN, authority: [org] }, ["query off ANY NXDOMAIN"]],
  [
    "a name below a cut is a referral",
    ask("www.sub"),
    { flags: "qr", authority: ["sub.example.org 300 NS ns.example.net"] },
    counted,
  ],
  ["the cut itself too", ask("sub"), { flags: "qr", authority: ["sub.example.org 300 NS ns.example.net"] }, counted],
  ["a name of others", { name: "example.net", type }, { flags: "qr", rcode: REFUSED }, ["query - ANY REFUSED"]],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});
