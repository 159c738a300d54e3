/** RFC 7766, "DNS Transport over TCP": what is the answerer's part of it; connections are tested in `test/server`. */
import { expect, test } from "vitest";
import { conformanceServer, repliesTo, TYPE, wantedBy, type Row } from "../support/conformance-server.ts";

const { A, NS, TXT } = TYPE;

const MANY = Array.from({ length: 100 }, (_, i) => `192.0.2.${i + 1}`);

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records: { ns1: { A: 192.0.2.53 }, many: { A: ${JSON.stringify(MANY)} } }
`);
const answers = MANY.map((address) => `many.example.org 300 A ${address}`);
const name = "many.example.org";

test.for<Row>([
  [
    "5: what is truncated over UDP",
    { name },
    { flags: "qr aa tc" },
    ["event truncated", "query - A NOERROR"],
    { transport: "udp" },
  ],
  ["5: is whole over TCP", { name }, { answers }, ["query - A NOERROR"], { transport: "tcp" }],
  [
    "8: the UDP size that a client advertises says nothing about TCP",
    { name, edns: { size: 512 } },
    { answers },
    ["query - A NOERROR"],
    { transport: "tcp" },
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});

test.for([A, TXT, NS])("5: type %i has the same answer over both, where it fits", (type) => {
  const [udp, tcp] = (["udp", "tcp"] as const).map((transport) =>
    server.ask({ name: "example.org", type }, { transport }),
  );
  expect(tcp).toEqual(udp);
});
