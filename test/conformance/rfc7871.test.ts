/** RFC 7871, "Client Subnet in DNS Queries". */
import { describe, expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import {
  conformanceServer,
  fromHex,
  OPTION,
  RCODE,
  repliesTo,
  TYPE,
  wantedBy,
  withOptions,
  type Row,
} from "../support/conformance-server.ts";
import { clientSubnet } from "../support/query-packet.ts";

const { AAAA, TXT } = TYPE;
const { FORMERR, NXDOMAIN, REFUSED, SERVFAIL } = RCODE;

const zone = `
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      alias: { CNAME: geo }
      sub: { NS: ns.example.net. }
`;
const geoip = `
geoip:
  networks:
    germany: { cidrs: [84.0.0.0/8, 85.1.2.0/24, 10.20.0.0/16, "2a00:1:2::/48"], location: DE }
`;
const geo = `
    names: [geo.example.org]
    method: geographic
    endpoints:
      de: { address: [192.0.2.49, "2001:db8::49"], regions: [DE] }
      world: { address: 192.0.2.1, regions: [WORLD] }
`;

const org = soaOf("example.org");
const de = { answers: ["geo.example.org 60 A 192.0.2.49"] };
const world = { answers: ["geo.example.org 60 A 192.0.2.1"] };
const deCounted = ["query geo A NOERROR", "decision geo/de preferred"];
const worldCounted = ["query geo A NOERROR", "decision geo/world preferred"];
const name = "geo.example.org";
const subnet = (prefix: string, owner = name): Row[1] => ({ name: owner, ecs: clientSubnet(prefix) });
const fromGermany = { peer: "84.9.9.9" };

describe("the option", () => {
  const server = conformanceServer(`${zone}${geoip}
monitors: { web: { protocol: tcp, port: 80 } }
profiles:
  geo:${geo}
  down:
    names: [down.example.org]
    method: geographic
    monitor: web
    whenAllDown: servfail
    endpoints: { de: { address: 192.0.2.49, regions: [DE] } }
  only:
    names: [only.example.org]
    method: geographic
    endpoints: { de: { address: 192.0.2.49, regions: [DE] } }
  first:
    names: [first.example.org]
    method: priority
    endpoints: { a: { address: 192.0.2.2 } }
`);
  server.set("down/de", "degraded");

  test.for<Row>([
    ...[
      ["no octets", ""],
      ["a family alone", "0001"],
      ["no scope", "000118"],
      ["family 3", "0003180a0a0a"],
      ["family 3 without an address", "00030000"],
      ["family 65535", "ffff0000"],
      ["family 0 with a source", "0000080054"],
      ["family 0 with an address", "0000000054"],
      ["an IPv4 source of 33", "00012100540102030a"],
      ["an IPv4 source of 255", "0001ff0054010203"],
      ["an IPv6 source of 129", `00028100${"2a".repeat(17)}`],
      ["a scope", "00011818540102"],
      ["a scope with source 0", "00010001"],
      ["an octet too few", "000118005401"],
      ["no address", "00011800"],
      ["an octet too many", "0001180054010200"],
      ["an octet with source 0", "0001000000"],
      ["16 octets for IPv4", `00012000${"54010203".repeat(4)}`],
      ["a bit behind an IPv4 source of 23", "00011700540103"],
      ["a bit behind an IPv6 source of 1", "00020100c0"],
      ["bits behind an IPv6 source of 57", "000239002a00000100020060"],
    ].map(([what, data]): Row => [
      `6 and 7.2.1: ${what}: FORMERR`,
      { name, ecs: fromHex(data!) },
      { flags: "qr", rcode: FORMERR },
      ["query - A FORMERR"],
    ]),
    [
      "6: malformed in a query for static data too",
      { name: "ns1.example.org", ecs: fromHex("00011818540102") },
      { flags: "qr", rcode: FORMERR },
      ["query - A FORMERR"],
    ],
    [
      "7.1.2: family 0, as dig +subnet=0 has it, is source 0",
      { name, ecs: fromHex("00000000") },
      { ...de, edns: { ecs: "0 0 0" } },
      deCounted,
      fromGermany,
    ],
    [
      "7.1.2: source 0: the resolver's own address, to be used for all",
      subnet("0.0.0.0/0"),
      { ...de, edns: { ecs: "1 0 0" } },
      deCounted,
      fromGermany,
    ],
    ["7.1.2: source 0 of IPv6", subnet("::/0"), { ...de, edns: { ecs: "2 0 0" } }, deCounted, fromGermany],
    ...[
      ["84.1.2.0/24", "1 24 8 540102", "the whole network of the answer"],
      ["84.0.0.0/8", "1 8 8 54", "as long as the source"],
      ["84.1.2.3/32", "1 32 8 54010203", "an address"],
      ["85.1.2.128/25", "1 25 24 55010280", "a network inside another"],
      ["2a00:1:2:300::/56", "2 56 48 2a000001000203", "IPv6"],
      ["10.20.1.0/24", "1 24 16 0a1401", "a private network that is known"],
    ].map(([prefix, ecs, what]): Row => [
      `7.2.1: ${prefix}: the scope is ${what}`,
      subnet(prefix!),
      { ...de, edns: { ecs: ecs! } },
      deCounted,
    ]),
    ...[
      ["85.2.0.0/16", "1 16 15 5502", "the rest of the network around it"],
      ["85.1.0.0/16", "1 16 23 5501", "longer than the source, where that was too little to tell"],
      ["8.8.8.0/24", "1 24 7 080808", "as wide as there is nothing else"],
      ["2a00:1:3::/56", "2 56 48 2a000001000300", "IPv6"],
      ["2a00:1:2::/32", "2 32 47 2a000001", "IPv6, longer than the source"],
    ].map(([prefix, ecs, what]): Row => [
      `7.2.1: ${prefix}: the scope is ${what}`,
      subnet(prefix!),
      { ...world, edns: { ecs: ecs! } },
      worldCounted,
    ]),
    [
      "7.2.1: a subnet wins over the address that the query comes from",
      subnet("8.8.8.0/24"),
      { ...world, edns: { ecs: "1 24 7 080808" } },
      worldCounted,
      fromGermany,
    ],
    [
      "7.2.1: the family of the subnet is not that of the question",
      { ...subnet("84.1.2.0/24"), type: AAAA },
      { answers: ["geo.example.org 60 AAAA 2001:db8:0:0:0:0:0:49"], edns: { ecs: "1 24 8 540102" } },
      ["query geo AAAA NOERROR", "decision geo/de preferred"],
    ],
    [
      '7.2.1: "If the option was not included in a query, one MUST NOT be included in the response"',
      { name, edns: {} },
      de,
      deCounted,
      fromGermany,
    ],
    ["7.2.1: nor without EDNS", { name }, de, deCounted, fromGermany],
    [
      "7.2.1: data that is the same for all has scope 0",
      subnet("84.1.2.0/24", "ns1.example.org"),
      { answers: ["ns1.example.org 300 A 192.0.2.53"], edns: { ecs: "1 24 0 540102" } },
      ["query - A NOERROR"],
    ],
    [
      "7.2.1: so has a profile that does not ask for the place",
      subnet("84.1.2.0/24", "first.example.org"),
      { answers: ["first.example.org 60 A 192.0.2.2"], edns: { ecs: "1 24 0 540102" } },
      ["query first A NOERROR", "decision first/a preferred"],
    ],
    [
      "7.2.1: an alias to a profile has the profile's scope",
      subnet("84.1.2.0/24", "alias.example.org"),
      { answers: ["alias.example.org 300 CNAME geo.example.org", ...de.answers], edns: { ecs: "1 24 8 540102" } },
      deCounted,
    ],
    [
      "7.2.1: beside other options",
      { name, edns: withOptions([100, "00"], [OPTION.ECS, "00011800540102"], [101, ""]) },
      { ...de, edns: { ecs: "1 24 8 540102" } },
      deCounted,
    ],
    [
      "7.4: NXDOMAIN has scope 0",
      subnet("84.1.2.0/24", "x.example.org"),
      { rcode: NXDOMAIN, authority: [org], edns: { ecs: "1 24 0 540102" } },
      ["query - A NXDOMAIN"],
    ],
    [
      "7.4: NODATA of a type has scope 0",
      { ...subnet("84.1.2.0/24"), type: TXT },
      { authority: [org], edns: { ecs: "1 24 0 540102" } },
      ["query geo TXT NOERROR"],
    ],
    [
      "7.4: a referral has scope 0",
      subnet("84.1.2.0/24", "x.sub.example.org"),
      { flags: "qr", authority: ["sub.example.org 300 NS ns.example.net"], edns: { ecs: "1 24 0 540102" } },
      ["query - A NOERROR"],
    ],
    // Against the SHOULD of section 7.4: with scope 0 one client outside would take the answer from all inside.
    [
      "7.4: NODATA because the client has no endpoint is for its network alone",
      subnet("8.8.8.0/24", "only.example.org"),
      { authority: [soaOf("example.org", 5)], edns: { ecs: "1 24 7 080808", ede: 17 } },
      ["query only A NOERROR", "decision only/- no-match"],
    ],
    [
      "7.2.1: a refusal has the option too",
      subnet("84.1.2.0/24", "example.net"),
      { flags: "qr", rcode: REFUSED, edns: { ede: 20, ecs: "1 24 0 540102" } },
      ["query - A REFUSED"],
    ],
    [
      "7.2.1: SERVFAIL has the option too, for the network that it is meant for",
      subnet("84.1.2.0/24", "down.example.org"),
      { rcode: SERVFAIL, edns: { ede: 22, ecs: "1 24 8 540102" } },
      ["query down A SERVFAIL", "decision down/- refused-all-down"],
    ],
    // "SHOULD ignore ADDRESS and look up its answer based on the address of the Recursive Resolver"
    ...[
      ["10.9.9.0/24", "1 24 12 0a0909"],
      ["192.168.1.0/24", "1 24 16 c0a801"],
      ["172.16.9.0/24", "1 24 12 ac1009"],
      ["100.64.1.0/24", "1 24 10 644001"],
      ["fd00:1::/56", "2 56 7 fd000001000000"],
      ["::ffff:c0a8:100/120", "2 120 112 00000000000000000000ffffc0a801"],
    ].map(([prefix, ecs]): Row => [
      `10: the private subnet ${prefix} is where its resolver is, for private addresses alone`,
      subnet(prefix!),
      { ...de, edns: { ecs: ecs! } },
      deCounted,
      fromGermany,
    ]),
    ...[
      ["127.0.0.0/24", "1 24 4 7f0000"],
      ["169.254.1.0/24", "1 24 6 a9fe01"],
    ].map(([prefix, ecs]): Row => [
      `11.2: ${prefix} has no place, and the resolver's does not take its own`,
      subnet(prefix!),
      { ...world, edns: { ecs: ecs! } },
      worldCounted,
      fromGermany,
    ]),
    ...[
      ["::ffff:5401:200/120", "2 120 104 00000000000000000000ffff540102", "IPv4-mapped"],
      ["2002:5401:200::/40", "2 40 24 2002540102", "6to4"],
      ["64:ff9b::5401:200/120", "2 120 104 0064ff9b0000000000000000540102", "NAT64"],
    ].map(([prefix, ecs, what]): Row => [
      `the IPv4 address inside is the client's: ${what}`,
      subnet(prefix!),
      { ...de, edns: { ecs: ecs! } },
      deCounted,
    ]),
  ])("%s", (row) => {
    expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
  });
});

describe("limited", () => {
  const server = conformanceServer(`${zone}${geoip}
dns: { ecs: { ipv4: 16, ipv6: 40 } }
profiles:
  geo:${geo}
  resolver:
    ecs: false${geo.replace("geo.", "resolver.")}
`);

  test.for<Row>([
    [
      "11.1: no more bits are used than configured, and the scope has no more",
      subnet("85.1.2.0/24"),
      { ...world, edns: { ecs: "1 24 16 550102" } },
      worldCounted,
    ],
    [
      "11.1: of IPv6 too",
      subnet("2a00:1:2:300::/56"),
      { ...world, edns: { ecs: "2 56 40 2a000001000203" } },
      worldCounted,
    ],
    ["11.1: a shorter source is used whole", subnet("84.1.0.0/16"), { ...de, edns: { ecs: "1 16 8 5401" } }, deCounted],
    [
      "7.2.1: a profile without client subnets goes by the resolver, for all",
      subnet("8.8.8.0/24", "resolver.example.org"),
      { answers: ["resolver.example.org 60 A 192.0.2.49"], edns: { ecs: "1 24 0 080808" } },
      ["query resolver A NOERROR", "decision resolver/de preferred"],
      fromGermany,
    ],
    [
      "6: a malformed one is malformed all the same",
      { name: "resolver.example.org", ecs: fromHex("00011818540102") },
      { flags: "qr", rcode: FORMERR },
      ["query - A FORMERR"],
    ],
  ])("%s", (row) => {
    expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
  });
});
