/** RFC 5001, "DNS Name Server Identifier (NSID) Option". */
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import {
  conformanceServer,
  OPTION,
  RCODE,
  repliesTo,
  wantedBy,
  withOptions,
  type Row,
} from "../support/conformance-server.ts";

const { NXDOMAIN, REFUSED } = RCODE;

const zones = "zones: { example.org: { nameservers: [ns1.example.org], records: { ns1: { A: 192.0.2.53 } } } }\n";
const server = conformanceServer(`${zones}dns: { identity: { name: ns1.fra } }\n`);
const silent = conformanceServer(zones);

const nsid = { edns: withOptions([OPTION.NSID, ""]) };
const name = "ns1.example.org";
const answers = ["ns1.example.org 300 A 192.0.2.53"];
const told = { edns: { nsid: "ns1.fra" } };

test.for<Row>([
  ["2.2: a client that asks is told", { name, ...nsid }, { answers, ...told }, ["query - A NOERROR"]],
  [
    "2.2: in a negative answer",
    { name: "x.example.org", ...nsid },
    { rcode: NXDOMAIN, authority: [soaOf("example.org")], ...told },
    ["query - A NXDOMAIN"],
  ],
  [
    "2.2: in a refusal",
    { name: "example.net", ...nsid },
    { flags: "qr", rcode: REFUSED, edns: { nsid: "ns1.fra", ede: 20 } },
    ["query - A REFUSED"],
  ],
  [
    '2.2: "MUST ignore any NSID payload data" of a query',
    { name, edns: withOptions([OPTION.NSID, "c0ffee"]) },
    { answers, ...told },
    ["query - A NOERROR"],
  ],
  ["2.2: a client that does not ask is not told", { name, edns: {} }, { answers }, ["query - A NOERROR"]],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});

test.for<Row>([
  ["3.1: a server without a name ignores the option", { name, ...nsid }, { answers }, ["query - A NOERROR"]],
])("%s", (row) => {
  expect(repliesTo(silent, row)).toMatchObject(wantedBy(row));
});
