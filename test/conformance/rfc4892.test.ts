/** RFC 4892, "Requirements for a Mechanism Identifying a Name Server Instance": names of class CH, and BIND's. */
import { describe, expect, test } from "vitest";
import { conformanceServer, RCODE, repliesTo, TYPE, wantedBy, type Row } from "../support/conformance-server.ts";

const { A, ANY, TXT } = TYPE;
const { REFUSED } = RCODE;

const zones = "zones: { example.org: { nameservers: [ns.example.net], records: { www: { A: 192.0.2.1 } } } }\n";
const refused = { flags: "qr", rcode: REFUSED };
const ask = (name: string, type: number = TXT) => ({ name, type, class: 3 });
const allowed = { peer: "192.0.2.7" };

describe("configured", () => {
  const server = conformanceServer(`${zones}
dns: { identity: { name: ns1, version: "1.2", allow: [192.0.2.0/24, "2001:db8::/32"] } }
`);

  test.for<Row>([
    ...[
      ["id.server", "ns1"],
      ["hostname.bind", "ns1"],
      ["version.server", "1.2"],
      ["version.bind", "1.2"],
      ["Version.BIND", "1.2"],
    ].map(([name, text]): Row => [
      `3.1: ${name} tells ${text}, to be kept by nobody`,
      ask(name!),
      { answers: [`${name} 0 CH TXT "${text}"`] },
      ["query - TXT NOERROR"],
      allowed,
    ]),
    [
      "3.1: over IPv6",
      ask("id.server"),
      { answers: ['id.server 0 CH TXT "ns1"'] },
      ["query - TXT NOERROR"],
      { peer: "2001:db8::7" },
    ],
    ["3.1: another type has no data", ask("id.server", A), {}, ["query - A NOERROR"], allowed],
    ["3.1: ANY", ask("id.server", ANY), { answers: ['id.server 0 CH TXT "ns1"'] }, ["query - ANY NOERROR"], allowed],
    [
      "3.1: the name in class IN is not ours",
      { name: "id.server", type: TXT },
      refused,
      ["query - TXT REFUSED"],
      allowed,
    ],
    ["3.1: another name of class CH", ask("authors.bind"), refused, ["query - TXT REFUSED"], allowed],
    ["3.1: a name below it", ask("x.id.server"), refused, ["query - TXT REFUSED"], allowed],
    ["3.1: a name of our zones in class CH", ask("www.example.org", A), refused, ["query - A REFUSED"], allowed],
    ["4: a client that is not allowed", ask("id.server"), refused, ["query - TXT REFUSED"], { peer: "198.51.100.7" }],
    [
      "4: is told why where it uses EDNS (RFC 8914, 4.19)",
      { ...ask("id.server"), edns: {} },
      { ...refused, edns: { ede: 18 } },
      ["query - TXT REFUSED"],
      { peer: "198.51.100.7" },
    ],
    [
      "4: an allow list has no loopback of its own",
      ask("id.server"),
      refused,
      ["query - TXT REFUSED"],
      { peer: "127.0.0.1" },
    ],
  ])("%s", (row) => {
    expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
  });
});

describe("by default", () => {
  const told = conformanceServer(`${zones}dns: { identity: { name: ns1 } }\n`);
  const silent = conformanceServer(zones);

  test.for<Row>([
    [
      "4: loopback may ask",
      ask("id.server"),
      { answers: ['id.server 0 CH TXT "ns1"'] },
      ["query - TXT NOERROR"],
      { peer: "127.0.0.1" },
    ],
    [
      "4: and ::1",
      ask("id.server"),
      { answers: ['id.server 0 CH TXT "ns1"'] },
      ["query - TXT NOERROR"],
      { peer: "::1" },
    ],
    ["4: nobody else", ask("id.server"), refused, ["query - TXT REFUSED"], allowed],
    [
      "4: what is not configured is not told",
      ask("version.bind"),
      refused,
      ["query - TXT REFUSED"],
      { peer: "127.0.0.1" },
    ],
  ])("%s", (row) => {
    expect(repliesTo(told, row)).toMatchObject(wantedBy(row));
  });

  test.for<Row>(
    ["id.server", "hostname.bind", "version.server", "version.bind", "whoami.geosteer"].map((name) => [
      `4: ${name} is refused where nothing is configured`,
      ask(name),
      refused,
      ["query - TXT REFUSED"],
      { peer: "127.0.0.1" },
    ]),
  )("%s", (row) => {
    expect(repliesTo(silent, row)).toMatchObject(wantedBy(row));
  });
});
