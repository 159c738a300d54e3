/** RFC 4592, "The Role of Wildcards in the Domain Name System": names of profiles that are wildcards. */
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import { conformanceServer, RCODE, repliesTo, TYPE, wantedBy, type Row } from "../support/conformance-server.ts";

const { ANY, SOA, SRV, TXT } = TYPE;
const { NXDOMAIN } = RCODE;

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      "*": { TXT: of the zone }
      "*.apps": { TXT: of the apps, MX: 10 mail.example.net. }
      www.apps: { A: 192.0.2.1 }
      below.empty.apps: { TXT: x }
      cut.apps: { NS: ns.example.net. }
      "*.text.apps": { TXT: nearer }
      alias: { CNAME: x.apps }
      "*.to-apps": { CNAME: y.apps }
  sub.apps.example.org: { nameservers: [ns.example.net] }
profiles:
  apex: { names: ["*.example.org"], method: priority, endpoints: { one: { address: 192.0.2.2 } } }
  apps:
    names: ["*.Apps.example.org"]
    method: priority
    ttl: 7s
    endpoints: { one: { address: 192.0.2.3 } }
  shop: { names: [shop.apps.example.org], method: priority, endpoints: { one: { address: 192.0.2.4 } } }
  hosts: { names: ["*.hosts.example.org"], method: priority, endpoints: { one: { host: z.Apps.example.org } } }
  out: { names: ["*.out.example.org"], method: priority, endpoints: { one: { host: www.example.net } } }
  off: { names: ["*.off.apps.example.org"], method: priority, enabled: false, endpoints: { one: { address: 192.0.2.5 } } }
`);
const org = soaOf("example.org");
const apps = (owner: string): string => `${owner} 7 A 192.0.2.3`;
const ofApps = ["query apps A NOERROR", "decision apps/one preferred"];
const nodata: Row[2] = { authority: [org] };
const nxdomain: Row[2] = { rcode: NXDOMAIN, authority: [org] };

test.for<Row>([
  [
    "2.1.1: a wildcard profile answers for a name that does not exist, which owns the records",
    { name: "x.apps.example.org" },
    { answers: [apps("x.apps.example.org")] },
    ofApps,
  ],
  [
    "RFC 4343: with the case that it is asked in",
    { name: "X.aPPs.example.ORG" },
    { answers: [apps("X.aPPs.example.ORG")] },
    ofApps,
  ],
  ["3.3.1: however deep", { name: "a.b.c.apps.example.org" }, { answers: [apps("a.b.c.apps.example.org")] }, ofApps],
  ["2.1.1: and asked as such", { name: "*.apps.example.org" }, { answers: [apps("*.apps.example.org")] }, ofApps],
  [
    "3.3.3: an asterisk deeper in the question is a label like any other, below a name that exists",
    { name: "x.*.apps.example.org" },
    nxdomain,
    ["query - A NXDOMAIN"],
  ],
  ["2.2.2: not for a static name", { name: "www.apps.example.org", type: TXT }, nodata, ["query - TXT NOERROR"]],
  ["2.2.3: nor below one", { name: "x.www.apps.example.org" }, nxdomain, ["query - A NXDOMAIN"]],
  ["2.2.2: nor for an empty non-terminal", { name: "empty.apps.example.org" }, nodata, ["query - A NOERROR"]],
  ["2.2.2: such as the name above it", { name: "apps.example.org" }, nodata, ["query - A NOERROR"]],
  [
    "2.2.2: nor for another profile",
    { name: "shop.apps.example.org" },
    { answers: ["shop.apps.example.org 60 A 192.0.2.4"] },
    ["query shop A NOERROR", "decision shop/one preferred"],
  ],
  [
    "2.2.1: nor in a delegation",
    { name: "x.cut.apps.example.org" },
    { flags: "qr", authority: ["cut.apps.example.org 300 NS ns.example.net"] },
    ["query - A NOERROR"],
  ],
  [
    "2.2.1: nor in another zone of ours",
    { name: "x.sub.apps.example.org" },
    {
      rcode: NXDOMAIN,
      authority: [soaOf("sub.apps.example.org").replace("ns1.sub.apps.example.org", "ns.example.net")],
    },
    ["query - A NXDOMAIN"],
  ],
  [
    "3.3.2: the nearest wildcard alone is asked, though it has no address",
    { name: "x.text.apps.example.org" },
    nodata,
    ["query - A NOERROR"],
  ],
  [
    "3.3.2: and one whose profile is disabled says that there is no such name",
    { name: "x.off.apps.example.org" },
    { rcode: NXDOMAIN, authority: [org] },
    ["query off A NXDOMAIN", "decision off/- out-of-service"],
  ],
  [
    "2.1.1: that of an apex",
    { name: "a.b.example.org" },
    { answers: ["a.b.example.org 60 A 192.0.2.2"] },
    ["query apex A NOERROR", "decision apex/one preferred"],
  ],
  ["2.2.2: which is no name below itself", { name: "example.org" }, nodata, ["query - A NOERROR"]],
  [
    "2.2.1: static records of the same wildcard are told for the same names",
    { name: "x.apps.example.org", type: TXT },
    { answers: ['x.apps.example.org 300 TXT "of the apps"'] },
    ["query apps TXT NOERROR"],
  ],
  [
    "2.2.1: a type that it does not have is NODATA",
    { name: "x.apps.example.org", type: TYPE.AAAA },
    { authority: [soaOf("example.org", 7)] },
    ["query apps AAAA NOERROR", "decision apps/- no-family"],
  ],
  ["2.2.1: of static types too", { name: "x.apps.example.org", type: SRV }, nodata, ["query apps SRV NOERROR"]],
  ["4.1: no SOA", { name: "x.apps.example.org", type: SOA }, nodata, ["query apps SOA NOERROR"]],
  ["RFC 4035, 3.1.4.1: no DS", { name: "x.apps.example.org", type: TYPE.DS }, nodata, ["query apps other NOERROR"]],
  [
    "RFC 8482: ANY",
    { name: "x.apps.example.org", type: ANY },
    { answers: ['x.apps.example.org 3600 HINFO "RFC8482" ""'] },
    ["query apps ANY NOERROR"],
  ],
  [
    "4.4: a CNAME is followed to a name that it covers",
    { name: "alias.example.org" },
    { answers: ["alias.example.org 300 CNAME x.apps.example.org", apps("x.apps.example.org")] },
    ofApps,
  ],
  [
    "4.4: a wildcard's too",
    { name: "a.to-apps.example.org" },
    { answers: ["a.to-apps.example.org 300 CNAME y.apps.example.org", apps("y.apps.example.org")] },
    ofApps,
  ],
  [
    "4.4: a host is a CNAME that is synthesized, and followed",
    { name: "a.hosts.example.org" },
    { answers: ["a.hosts.example.org 60 CNAME z.apps.example.org", apps("z.apps.example.org")] },
    ["query apps A NOERROR", "decision hosts/one preferred", "decision apps/one preferred"],
  ],
  [
    "4.4: out of our zones, for every type",
    { name: "a.out.example.org", type: TXT },
    { answers: ["a.out.example.org 60 CNAME www.example.net"] },
    ["query out TXT NOERROR", "decision out/one preferred"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});
