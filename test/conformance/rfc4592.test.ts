/** RFC 4592, "The Role of Wildcards in the Domain Name System": the example zone of section 2.2.1, and more. */
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

const { ANY, MX, NS, SOA, SRV, TXT } = TYPE;
const { NXDOMAIN } = RCODE;

/** Section 2.2.1's, the times of its SOA and the address of its nameservers apart. */
const EXAMPLE = `
zones:
  example:
    nameservers: [ns.example.com, ns.example.net]
    ttl: 3600s
    records:
      "*": { TXT: this is a wildcard, MX: 10 host1.example. }
      host1: { A: 192.0.2.1 }
      _ssh._tcp.host1: { SRV: 0 0 22 host1 }
      _ssh._tcp.host2: { SRV: 0 0 22 host1 }
      subdel: { NS: [ns.example.com., ns.example.net.] }
`;

const example = "example 60 SOA ns.example.com hostmaster.example 1 7200 900 1209600 60";
const nothing = { authority: [example] };
const nowhere = { rcode: NXDOMAIN, authority: [example] };
const subdel = {
  flags: "qr",
  authority: ["subdel.example 3600 NS ns.example.com", "subdel.example 3600 NS ns.example.net"],
};

test.for<Row>([
  [
    "2.2.1: host3.example MX is synthesized, host3.example being no owner of the zone",
    { name: "host3.example", type: MX },
    { answers: ["host3.example 3600 MX 10 host1.example"] },
    ["query - MX NOERROR"],
  ],
  [
    "2.2.1: host3.example A is no error without data: there is no A record at *.example",
    { name: "host3.example" },
    nothing,
    ["query - A NOERROR"],
  ],
  [
    "2.2.1: foo.bar.example TXT is synthesized, bar.example not existing",
    { name: "foo.bar.example", type: TXT },
    { answers: ['foo.bar.example 3600 TXT "this is a wildcard"'] },
    ["query - TXT NOERROR"],
  ],
  [
    "2.2.1: host1.example MX is not synthesized: host1.example exists",
    { name: "host1.example", type: MX },
    nothing,
    ["query - MX NOERROR"],
  ],
  [
    "2.2.1: _telnet._tcp.host1.example SRV is not synthesized: _tcp.host1.example exists, without data",
    { name: "_telnet._tcp.host1.example", type: SRV },
    nowhere,
    ["query - SRV NXDOMAIN"],
  ],
  [
    "2.2.1: host.subdel.example A is not synthesized: subdel.example is a zone cut",
    { name: "host.subdel.example" },
    subdel,
    ["query - A NOERROR"],
  ],
  [
    "2.2.1: ghost.*.example MX is not synthesized: *.example exists",
    { name: "ghost.*.example", type: MX },
    nowhere,
    ["query - MX NXDOMAIN"],
  ],
  ["2.2.1: the cut itself is not synthesized", { name: "subdel.example", type: TXT }, subdel, ["query - TXT NOERROR"]],
  ["2.2.2: host2.example exists without data", { name: "host2.example", type: TXT }, nothing, ["query - TXT NOERROR"]],
  ["2.2.2: so does _tcp.host2.example", { name: "_tcp.host2.example", type: MX }, nothing, ["query - MX NOERROR"]],
  [
    "2.2.3: a name below host1.example does not exist",
    { name: "x.host1.example", type: TXT },
    nowhere,
    ["query - TXT NXDOMAIN"],
  ],
  [
    "2.1.1: a wildcard is a name that can be asked for",
    { name: "*.example", type: TXT },
    { answers: ['*.example 3600 TXT "this is a wildcard"'] },
    ["query - TXT NOERROR"],
  ],
  [
    "3.3.1: the closest encloser of a deep name is the apex",
    { name: "a.b.c.d.e.example", type: MX },
    { answers: ["a.b.c.d.e.example 3600 MX 10 host1.example"] },
    ["query - MX NOERROR"],
  ],
  [
    "3.3.3: an asterisk in the question is a label like any other",
    { name: "*.bar.example", type: TXT },
    { answers: ['*.bar.example 3600 TXT "this is a wildcard"'] },
    ["query - TXT NOERROR"],
  ],
])("%s", (row) => {
  expect(repliesTo(conformanceServer(EXAMPLE), row)).toMatchObject(wantedBy(row));
});

/** With its name whose asterisk is not the first label, which YAML takes for a typing error. */
const WHOLE = `
$ORIGIN example.
$TTL 3600
@              SOA   ns.example.com. hostmaster 1 2h 15m 14d 60
               NS    ns.example.com.
               NS    ns.example.net.
*              TXT   "this is a wildcard"
*              MX    10 host1
sub.*          TXT   "this is not a wildcard"
host1          A     192.0.2.1
_ssh._tcp.host1  SRV  0 0 22 host1
_ssh._tcp.host2  SRV  0 0 22 host1
subdel         NS    ns.example.com.
subdel         NS    ns.example.net.
`;

test.for<Row>([
  [
    "2.2.1: sub.*.example MX is not synthesized: sub.*.example exists",
    { name: "sub.*.example", type: MX },
    nothing,
    ["query - MX NOERROR"],
  ],
  [
    "2.1.3: sub.*.example is no wildcard: it answers for itself",
    { name: "sub.*.example", type: TXT },
    { answers: ['sub.*.example 3600 TXT "this is not a wildcard"'] },
    ["query - TXT NOERROR"],
  ],
])("%s", (row) => {
  const whole = conformanceServer("zones: { example: { file: example.zone } }", { files: { "example.zone": WHOLE } });
  expect(repliesTo(whole, row)).toMatchObject(wantedBy(row));
});

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      www: { A: 192.0.2.1 }
      "*.alias": { CNAME: www }
      "*.loop": { CNAME: x.loop }
      "*.chain": { CNAME: x.alias }
      "*.out": { CNAME: www.example.net. }
      "*.gone": { CNAME: nowhere }
      "*.srv": { SRV: 0 0 22 www }
      "*.a": { A: 192.0.2.2 }
      "*.b.a": { TXT: nearer }
      only.a: { TXT: exact }
profiles:
  shop: { names: [shop.a.example.org], method: priority, endpoints: { one: { address: 192.0.2.3 } } }
`);
const org = soaOf("example.org");
const www = "www.example.org 300 A 192.0.2.1";

test.for<Row>([
  [
    "3.3.2: the nearest wildcard alone is asked",
    { name: "x.b.a.example.org" },
    { authority: [org] },
    ["query - A NOERROR"],
  ],
  [
    "3.3.2: the name between has none of its own",
    { name: "b.a.example.org" },
    { authority: [org] },
    ["query - A NOERROR"],
  ],
  [
    "2.2.2: a name with another type is left alone",
    { name: "only.a.example.org" },
    { authority: [org] },
    ["query - A NOERROR"],
  ],
  [
    "2.2.2: so is a profile",
    { name: "shop.a.example.org" },
    { answers: ["shop.a.example.org 60 A 192.0.2.3"] },
    ["query shop A NOERROR", "decision shop/one preferred"],
  ],
  [
    "2.2.2: and what would be below it",
    { name: "x.shop.a.example.org" },
    { rcode: NXDOMAIN, authority: [org] },
    ["query - A NXDOMAIN"],
  ],
  [
    "4.1: no SOA comes of a wildcard",
    { name: "x.a.example.org", type: SOA },
    { authority: [org] },
    ["query - SOA NOERROR"],
  ],
  ["4.2: nor NS records", { name: "x.a.example.org", type: NS }, { authority: [org] }, ["query - NS NOERROR"]],
  [
    "4.4: a CNAME is synthesized and followed",
    { name: "x.alias.example.org" },
    { answers: ["x.alias.example.org 300 CNAME www.example.org", www] },
    ["query - A NOERROR"],
  ],
  [
    "4.4: to a name that is synthesized in turn",
    { name: "y.chain.example.org" },
    {
      answers: [
        "y.chain.example.org 300 CNAME x.alias.example.org",
        "x.alias.example.org 300 CNAME www.example.org",
        www,
      ],
    },
    ["query - A NOERROR"],
  ],
  [
    "4.4: out of our zones",
    { name: "x.out.example.org", type: TXT },
    { answers: ["x.out.example.org 300 CNAME www.example.net"] },
    ["query - TXT NOERROR"],
  ],
  [
    "4.4: to a name that does not exist",
    { name: "x.gone.example.org" },
    { rcode: NXDOMAIN, answers: ["x.gone.example.org 300 CNAME nowhere.example.org"], authority: [org] },
    ["query - A NXDOMAIN"],
  ],
  [
    "4.6: SRV",
    { name: "_x._tcp.srv.example.org", type: SRV },
    { answers: ["_x._tcp.srv.example.org 300 SRV 0 0 22 www.example.org"] },
    ["query - SRV NOERROR"],
  ],
  [
    "RFC 8482: ANY of a name that a wildcard answers for",
    { name: "x.a.example.org", type: ANY },
    { answers: ['x.a.example.org 3600 HINFO "RFC8482" ""'] },
    ["query - ANY NOERROR"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});

test("4.4: a wildcard's CNAME that leads to the wildcard ends", () => {
  const { message, counted } = server.ask({ name: "y.loop.example.org" });
  expect(message?.answers[0]).toBe("y.loop.example.org 300 CNAME x.loop.example.org");
  expect(new Set(message?.answers).size).toBe(message?.answers.length);
  expect(counted).toHaveLength(1);
});

test("4.2: a configuration with NS records of a wildcard is refused, its meaning being undefined", () => {
  const zone = "nameservers: [ns.example.net]";
  expect(refusalOf(`zones: { a.example: { ${zone}, records: { "*": { NS: ns.example.com. } } } }`)).toEqual([
    "misplaced-wildcard",
  ]);
});
