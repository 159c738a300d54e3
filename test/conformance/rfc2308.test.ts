/** RFC 2308, "Negative Caching of DNS Queries": the SOA of negative answers, and its TTL. */
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import { conformanceServer, RCODE, repliesTo, TYPE, wantedBy, type Row } from "../support/conformance-server.ts";

const { AAAA, MX, SOA, TXT } = TYPE;
const { NXDOMAIN, SERVFAIL } = RCODE;

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      www: { A: 192.0.2.1 }
      alias: { CNAME: www }
      gone: { CNAME: nowhere }
      gone-below: { CNAME: nowhere.low.example.org. }
      below: { CNAME: www.short.example.org. }
      "*.wild": { A: 192.0.2.2 }
  low.example.org:
    nameservers: [ns1.low.example.org]
    soa: { ttl: 1h, minimum: 5s }
    records: { ns1: { A: 192.0.2.53 } }
  short.example.org:
    nameservers: [ns1.short.example.org]
    soa: { ttl: 7s, minimum: 1h }
    records: { ns1: { A: 192.0.2.53 }, www: { A: 192.0.2.3 } }
  zero.example.org:
    nameservers: [ns1.zero.example.org]
    soa: { minimum: 0s }
    records: { ns1: { A: 192.0.2.53 } }
monitors: { web: { protocol: tcp, port: 80 } }
profiles:
  shop:
    names: [shop.example.org]
    method: priority
    ttl: 20s
    endpoints: { one: { address: 192.0.2.80 } }
  off: { names: [off.example.org], method: priority, enabled: false, ttl: 20s, endpoints: { a: { address: 192.0.2.81 } } }
  down:
    names: [down.example.org]
    method: priority
    monitor: web
    whenAllDown: servfail
    endpoints: { a: { address: 192.0.2.82 } }
`);
server.set("down/a", "degraded");

const org = soaOf("example.org");
const low = "low.example.org 5 SOA ns1.low.example.org hostmaster.low.example.org 1 7200 900 1209600 5";
const short = "short.example.org 7 SOA ns1.short.example.org hostmaster.short.example.org 1 7200 900 1209600 3600";
const zero = "zero.example.org 0 SOA ns1.zero.example.org hostmaster.zero.example.org 1 7200 900 1209600 0";

test.for<Row>([
  [
    "2.1: NXDOMAIN with the zone's SOA",
    { name: "nowhere.example.org" },
    { rcode: NXDOMAIN, authority: [org] },
    ["query - A NXDOMAIN"],
  ],
  [
    "2.1: NXDOMAIN for whatever type",
    { name: "nowhere.example.org", type: SOA },
    { rcode: NXDOMAIN, authority: [org] },
    ["query - SOA NXDOMAIN"],
  ],
  [
    "2.1: NXDOMAIN of the name that an alias leads to",
    { name: "gone.example.org" },
    { rcode: NXDOMAIN, answers: ["gone.example.org 300 CNAME nowhere.example.org"], authority: [org] },
    ["query - A NXDOMAIN"],
  ],
  [
    "2.1: with the SOA of the zone that the last name is in",
    { name: "gone-below.example.org" },
    { rcode: NXDOMAIN, answers: ["gone-below.example.org 300 CNAME nowhere.low.example.org"], authority: [low] },
    ["query - A NXDOMAIN"],
  ],
  [
    "2.1: a profile that is disabled: NXDOMAIN, kept as long as any",
    { name: "off.example.org" },
    { rcode: NXDOMAIN, authority: [soaOf("example.org", 20)] },
    ["query off A NXDOMAIN", "decision off/- out-of-service"],
  ],
  [
    "2.2: NODATA with the zone's SOA",
    { name: "www.example.org", type: MX },
    { authority: [org] },
    ["query - MX NOERROR"],
  ],
  [
    "2.2: NODATA of the name that an alias leads to",
    { name: "alias.example.org", type: MX },
    { answers: ["alias.example.org 300 CNAME www.example.org"], authority: [org] },
    ["query - MX NOERROR"],
  ],
  [
    "2.2: with the SOA of the zone that the last name is in",
    { name: "below.example.org", type: AAAA },
    { answers: ["below.example.org 300 CNAME www.short.example.org"], authority: [short] },
    ["query - AAAA NOERROR"],
  ],
  [
    "2.2: NODATA from a wildcard",
    { name: "x.wild.example.org", type: TXT },
    { authority: [org] },
    ["query - TXT NOERROR"],
  ],
  [
    "2.2: NODATA of a profile, kept no longer than its answers",
    { name: "shop.example.org", type: AAAA },
    { authority: [soaOf("example.org", 20)] },
    ["query shop AAAA NOERROR", "decision shop/- no-family"],
  ],
  [
    "3: the SOA's TTL is MINIMUM where that is less than its own",
    { name: "x.low.example.org" },
    { rcode: NXDOMAIN, authority: [low] },
    ["query - A NXDOMAIN"],
  ],
  [
    "3: the SOA's TTL is its own where that is less than MINIMUM",
    { name: "x.short.example.org" },
    { rcode: NXDOMAIN, authority: [short] },
    ["query - A NXDOMAIN"],
  ],
  ["3: a MINIMUM of 0", { name: "x.zero.example.org" }, { rcode: NXDOMAIN, authority: [zero] }, ["query - A NXDOMAIN"]],
  [
    "3: as an answer, the SOA has its own TTL",
    { name: "low.example.org", type: SOA },
    { answers: [low.replace(" 5 ", " 3600 ")] },
    ["query - SOA NOERROR"],
  ],
  [
    "7.1: a server failure says nothing that can be kept",
    { name: "down.example.org" },
    { rcode: SERVFAIL },
    ["query down A SERVFAIL", "decision down/- refused-all-down"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});
