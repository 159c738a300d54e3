/** RFC 8020, "NXDOMAIN: There Really Is Nothing Underneath". */
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import { conformanceServer, RCODE, repliesTo, TYPE, wantedBy, type Row } from "../support/conformance-server.ts";

const { A, ANY, TXT } = TYPE;
const { NXDOMAIN } = RCODE;

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
      a.static.records: { A: 192.0.2.1 }
      ns.cut.below.here: { A: 192.0.2.2 }
      cut.below.here: { NS: ns.cut.below.here }
      "*.wild.card": { TXT: any }
      to-deep: { CNAME: deep.profile }
      below.off: { A: 192.0.2.3 }
  zone.further.down.example.org:
    nameservers: [ns1.zone.further.down.example.org]
    records: { ns1: { A: 192.0.2.53 } }
profiles:
  shop: { names: [shop.deep.profile.example.org], method: priority, endpoints: { a: { address: 192.0.2.4 } } }
  off: { names: [off.example.org, gone.example.org], method: priority, enabled: false, endpoints: { a: { address: 192.0.2.5 } } }
  under: { names: [under.off.example.org], method: priority, endpoints: { a: { address: 192.0.2.6 } } }
`);

const org = soaOf("example.org");
const nowhere = { rcode: NXDOMAIN, authority: [org] };

test.for<Row>([
  ...[
    "static.records",
    "records",
    "below.here",
    "here",
    "card",
    "wild.card",
    "further.down",
    "down",
    "deep.profile",
    "profile",
  ].map((name): Row => [
    `2: ${name}, above names that exist, exists`,
    { name: `${name}.example.org` },
    { authority: [org] },
    ["query - A NOERROR"],
  ]),
  [
    "2: so does one that an alias leads to",
    { name: "to-deep.example.org" },
    { answers: ["to-deep.example.org 300 CNAME deep.profile.example.org"], authority: [org] },
    ["query - A NOERROR"],
  ],
  ["2: a name that does not", { name: "no.example.org" }, nowhere, ["query - A NXDOMAIN"]],
  ["2: and none below it", { name: "a.b.no.example.org", type: TXT }, nowhere, ["query - TXT NXDOMAIN"]],
  ["2: for no type", { name: "no.example.org", type: ANY }, nowhere, ["query - ANY NXDOMAIN"]],
  [
    "2: a profile that is disabled, with nothing below",
    { name: "gone.example.org" },
    nowhere,
    ["query off A NXDOMAIN", "decision off/- out-of-service"],
  ],
  ["2: not a name below it", { name: "x.gone.example.org" }, nowhere, ["query - A NXDOMAIN"]],
  [
    "2: a profile that is disabled, above names that exist, exists",
    { name: "off.example.org" },
    { authority: [org] },
    ["query off A NOERROR", "decision off/- out-of-service"],
  ],
  ["2: for whatever type", { name: "off.example.org", type: TXT }, { authority: [org] }, ["query off TXT NOERROR"]],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});

test.for([
  "a.static.records",
  "x.wild.card",
  "shop.deep.profile",
  "under.off",
  "below.off",
  "ns1.zone.further.down",
  "x.cut.below.here",
])("2: no name above %s is NXDOMAIN, whatever is asked", (name) => {
  const labels = `${name}.example.org`.split(".");
  for (const [at] of labels.slice(0, -1).entries()) {
    for (const type of [A, TXT, ANY]) {
      const above = labels.slice(at).join(".");
      expect(server.ask({ name: above, type }).message?.rcode, `${above} ${type}`).toBe(RCODE.NOERROR);
    }
  }
});
