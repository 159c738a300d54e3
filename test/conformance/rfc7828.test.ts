/** RFC 7828, "The edns-tcp-keepalive EDNS0 Option". */
import { expect, test } from "vitest";
import {
  conformanceServer,
  OPTION,
  RCODE,
  repliesTo,
  wantedBy,
  withOptions,
  type Row,
} from "../support/conformance-server.ts";

const { FORMERR } = RCODE;

const server = conformanceServer(
  "zones: { example.org: { nameservers: [ns1.example.org], records: { ns1: { A: 192.0.2.53 } } } }",
);
const name = "ns1.example.org";
const answers = ["ns1.example.org 300 A 192.0.2.53"];
const asked = { name, edns: withOptions([OPTION.KEEPALIVE, ""]) };
const counted = ["query - A NOERROR"];
const udp = { transport: "udp", keepalive: 100 } as const;
const tcp = { transport: "tcp", keepalive: 100 } as const;

test.for<Row>([
  ["3.2.1: over UDP the option is ignored, and never sent", asked, { answers }, counted, udp],
  [
    "3.2.1: over UDP whatever its data",
    { name, edns: withOptions([OPTION.KEEPALIVE, "0064"]) },
    { answers },
    counted,
    udp,
  ],
  [
    '3.2.1: over TCP a client "MUST specify an OPTION-LENGTH of 0"',
    { name, edns: withOptions([OPTION.KEEPALIVE, "0064"]) },
    { flags: "qr", rcode: FORMERR },
    ["query - A FORMERR"],
    tcp,
  ],
  ["3.3.2: over TCP the time-out of the connection", asked, { answers, edns: { keepalive: 100 } }, counted, tcp],
  [
    "3.3.2: 0 where the server wants the connection closed",
    asked,
    { answers, edns: { keepalive: 0 } },
    counted,
    { ...tcp, keepalive: 0 },
  ],
  [
    "3.3.2: in an error too",
    { ...asked, name: "example.net" },
    { flags: "qr", rcode: RCODE.REFUSED, edns: { keepalive: 100, ede: 20 } },
    ["query - A REFUSED"],
    tcp,
  ],
  ["3.3.2: not to a client that does not ask", { name, edns: {} }, { answers }, counted, tcp],
  ["3.3.2: not without EDNS", { name }, { answers }, counted, tcp],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});
