/** RFC 1034, "Domain names - concepts and facilities": what exists, aliases, zone cuts, and the algorithm of 4.3.2. */
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

const { AAAA, CNAME, MX, NS, SOA, TXT } = TYPE;
const { NXDOMAIN, REFUSED } = RCODE;

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      www: { A: [192.0.2.1, 192.0.2.2], TXT: hello }
      deep.empty: { A: 192.0.2.3 }
      alias: { CNAME: www }
      second: { CNAME: alias }
      third: { CNAME: { ttl: 20s, values: second } }
      outside: { CNAME: www.example.net. }
      via-outside: { CNAME: outside }
      across: { CNAME: www.example.com. }
      round: { CNAME: robin }
      robin: { CNAME: round }
      self: { CNAME: self }
      gone: { CNAME: nowhere }
      cut: { CNAME: www.sub }
      to-wild: { CNAME: any.wild }
      to-shop: { CNAME: shop }
      "*.wild": { TXT: wild }
      "*.away": { CNAME: www }
      sub: { NS: [ns.sub, ns.example.net.] }
      ns.sub: { A: 192.0.2.61 }
      bare: { NS: ns.example.net. }
      sibling: { NS: ns.bare }
  example.com:
    nameservers: [ns1.example.com]
    records:
      ns1: { A: 192.0.2.53 }
      www: { A: 192.0.2.9 }
profiles:
  shop:
    names: [shop.example.org]
    method: priority
    ttl: 30s
    endpoints: { one: { address: 192.0.2.80 } }
  cdn:
    names: [cdn.example.org]
    method: priority
    ttl: 30s
    endpoints: { edge: { host: alias.example.org } }
`);

const www = (owner: string): string[] => [`${owner} 300 A 192.0.2.1`, `${owner} 300 A 192.0.2.2`];
const org = soaOf("example.org");
const referral = {
  authority: ["sub.example.org 300 NS ns.sub.example.org", "sub.example.org 300 NS ns.example.net"],
  additional: ["ns.sub.example.org 300 A 192.0.2.61"],
};
const shop = ["query shop A NOERROR", "decision shop/one preferred"];

test.for<Row>([
  ["3.1: a node without data exists", { name: "empty.example.org" }, { authority: [org] }, ["query - A NOERROR"]],
  [
    "3.6.2: a query for the CNAME itself is answered with it alone",
    { name: "alias.example.org", type: CNAME },
    { answers: ["alias.example.org 300 CNAME www.example.org"] },
    ["query - CNAME NOERROR"],
  ],
  [
    "4.2.1: below a cut, the NS records in authority, glue in additional, not authoritative",
    { name: "www.sub.example.org" },
    { flags: "qr", ...referral },
    ["query - A NOERROR"],
  ],
  [
    "4.2.1: the NS records at a cut are not authoritative data of the parent",
    { name: "sub.example.org", type: NS },
    { flags: "qr", ...referral },
    ["query - NS NOERROR"],
  ],
  [
    "4.2.1: glue is not authoritative data",
    { name: "ns.sub.example.org" },
    { flags: "qr", ...referral },
    ["query - A NOERROR"],
  ],
  [
    "4.2.1: a nameserver elsewhere needs no glue",
    { name: "www.bare.example.org" },
    { flags: "qr", authority: ["bare.example.org 300 NS ns.example.net"] },
    ["query - A NOERROR"],
  ],
  [
    "4.2.1: nor does one below another cut, whose servers know it",
    { name: "www.sibling.example.org" },
    { flags: "qr", authority: ["sibling.example.org 300 NS ns.bare.example.org"] },
    ["query - A NOERROR"],
  ],
  [
    "4.3.1: recursion is not available, and RD is copied",
    { name: "www.example.org", flags: 0x0100 },
    { flags: "qr aa rd", answers: www("www.example.org") },
    ["query - A NOERROR"],
  ],
  [
    "4.3.1: a name of others is refused, recursion desired or not",
    { name: "www.example.net", flags: 0x0100 },
    { flags: "qr rd", rcode: REFUSED },
    ["query - A REFUSED"],
  ],
  [
    "4.3.2 step 2: the zone that is the nearest ancestor answers",
    { name: "x.example.com" },
    { rcode: NXDOMAIN, authority: [soaOf("example.com")] },
    ["query - A NXDOMAIN"],
  ],
  [
    "4.3.2 step 2: the apex",
    { name: "example.org", type: SOA },
    { answers: [soaOf("example.org", 300)] },
    ["query - SOA NOERROR"],
  ],
  [
    "4.3.2 step 3a: all records of the type",
    { name: "www.example.org" },
    { answers: www("www.example.org") },
    ["query - A NOERROR"],
  ],
  [
    "4.3.2 step 3a: a CNAME inside the zone is followed",
    { name: "alias.example.org" },
    { answers: ["alias.example.org 300 CNAME www.example.org", ...www("www.example.org")] },
    ["query - A NOERROR"],
  ],
  [
    "4.3.2 step 3a: so is a chain of them, each with its own TTL",
    { name: "third.example.org", type: TXT },
    {
      answers: [
        "third.example.org 20 CNAME second.example.org",
        "second.example.org 300 CNAME alias.example.org",
        "alias.example.org 300 CNAME www.example.org",
        'www.example.org 300 TXT "hello"',
      ],
    },
    ["query - TXT NOERROR"],
  ],
  [
    "4.3.2 step 3a: a CNAME to a type that is not there: NODATA of the last name",
    { name: "alias.example.org", type: MX },
    { answers: ["alias.example.org 300 CNAME www.example.org"], authority: [org] },
    ["query - MX NOERROR"],
  ],
  [
    '4.3.2 step 3a: a CNAME into another zone of ours is followed, "go back to step 1"',
    { name: "across.example.org" },
    { answers: ["across.example.org 300 CNAME www.example.com", "www.example.com 300 A 192.0.2.9"] },
    ["query - A NOERROR"],
  ],
  [
    "4.3.2 step 3a: a CNAME out of our zones stands alone",
    { name: "outside.example.org" },
    { answers: ["outside.example.org 300 CNAME www.example.net"] },
    ["query - A NOERROR"],
  ],
  [
    "4.3.2 step 3a: a chain that leaves our zones ends there",
    { name: "via-outside.example.org" },
    {
      answers: [
        "via-outside.example.org 300 CNAME outside.example.org",
        "outside.example.org 300 CNAME www.example.net",
      ],
    },
    ["query - A NOERROR"],
  ],
  [
    "4.3.2 step 3a: a CNAME to a profile: its addresses with its TTL",
    { name: "to-shop.example.org" },
    { answers: ["to-shop.example.org 300 CNAME shop.example.org", "shop.example.org 30 A 192.0.2.80"] },
    shop,
  ],
  [
    "4.3.2 step 3a: a CNAME to a profile without the family: NODATA, kept no longer than its TTL",
    { name: "to-shop.example.org", type: AAAA },
    { answers: ["to-shop.example.org 300 CNAME shop.example.org"], authority: [soaOf("example.org", 30)] },
    ["query shop AAAA NOERROR", "decision shop/- no-family"],
  ],
  [
    "4.3.2 step 3a: a profile's host in our zones is followed like any CNAME",
    { name: "cdn.example.org" },
    {
      answers: [
        "cdn.example.org 30 CNAME alias.example.org",
        "alias.example.org 300 CNAME www.example.org",
        ...www("www.example.org"),
      ],
    },
    ["query cdn A NOERROR", "decision cdn/edge preferred"],
  ],
  [
    "4.3.2 step 3b: a chain that crosses a cut ends in a referral; AA is that of the first name",
    { name: "cut.example.org" },
    { answers: ["cut.example.org 300 CNAME www.sub.example.org"], ...referral },
    ["query - A NOERROR"],
  ],
  [
    "4.3.2 step 3c: a name that is not there",
    { name: "nowhere.example.org" },
    { rcode: NXDOMAIN, authority: [org] },
    ["query - A NXDOMAIN"],
  ],
  [
    "4.3.2 step 3c: a wildcard answers as the name that was asked",
    { name: "any.wild.example.org", type: TXT },
    { answers: ['any.wild.example.org 300 TXT "wild"'] },
    ["query - TXT NOERROR"],
  ],
  [
    "4.3.2 step 3c: at the end of a chain too",
    { name: "to-wild.example.org", type: TXT },
    {
      answers: ["to-wild.example.org 300 CNAME any.wild.example.org", 'any.wild.example.org 300 TXT "wild"'],
    },
    ["query - TXT NOERROR"],
  ],
  [
    "4.3.2 step 3c: a wildcard's CNAME is followed",
    { name: "x.y.away.example.org" },
    { answers: ["x.y.away.example.org 300 CNAME www.example.org", ...www("www.example.org")] },
    ["query - A NOERROR"],
  ],
  [
    "4.3.2 step 6: nothing in the additional section that was not asked for",
    { name: "example.org", type: NS },
    { answers: ["example.org 300 NS ns1.example.org"] },
    ["query - NS NOERROR"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});

test("3.1: the case of the apex's names is preserved, as that of all others", () => {
  const files = {
    "example.org.zone": "@ 60 SOA NS1 Host.Master 1 2 3 4 5\n@ 60 NS NS1.Example.ORG.\nns1 60 A 192.0.2.53\n",
  };
  const mixed = conformanceServer("zones: { example.org: { file: example.org.zone } }", { files });
  const soa = "example.org 60 SOA NS1.example.org Host.Master.example.org 1 2 3 4 5";
  expect(mixed.ask({ name: "example.org", type: SOA }).message?.answers).toEqual([soa]);
  expect(mixed.ask({ name: "example.org", type: NS }).message?.answers).toEqual(["example.org 60 NS NS1.Example.ORG"]);
  expect(mixed.ask({ name: "x.example.org" }).message?.authority).toEqual([soa.replace(" 60 ", " 5 ")]);
});

test("3.1: so is that of a zone in YAML", () => {
  const zone = "{ nameservers: [NS.Example.NET], contact: Host.Master@Example.ORG }";
  const { message } = conformanceServer(`zones: { example.org: ${zone} }`).ask({ name: "example.org", type: SOA });
  expect(message?.answers[0]).toContain(String.raw` NS.Example.NET Host\.Master.Example.ORG `);
});

// "CNAME chains should be followed and CNAME loops signalled as an error": an answer that ends is all that is asked here.
test.for([
  ["round.example.org", "robin.example.org"],
  ["self.example.org", "self.example.org"],
])("3.6.2: the loop of %s and %s ends, each record at most once", ([name]) => {
  const { message, counted } = server.ask({ name: name! });
  expect(message?.answers[0]).toMatch(`${name} 300 CNAME`);
  expect(new Set(message?.answers).size).toBe(message?.answers.length);
  expect(counted).toHaveLength(1);
});

test.for([
  ["a CNAME beside other data", "www: { CNAME: a, TXT: b }", "cname-conflict"],
  ["two CNAMEs of a name", "www: { CNAME: [a, b] }", "cname-conflict"],
  ["a CNAME at the apex", '"@": { CNAME: a }', "apex-conflict"],
])("3.6.2: a configuration with %s is refused", ([, records, code]) => {
  const zone = "nameservers: [ns.example.net]";
  expect(refusalOf(`zones: { example.org: { ${zone}, records: { ${records} } } }`)).toEqual([code]);
});
