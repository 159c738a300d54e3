/** RFC 9619, "In the DNS, QDCOUNT Is (Usually) One". */
import { expect, test } from "vitest";
import { conformanceServer, fromHex, RCODE, repliesTo, wantedBy, type Row } from "../support/conformance-server.ts";
import { wireName } from "../support/query-packet.ts";

const { FORMERR, NOTIMP } = RCODE;

const server = conformanceServer(
  "zones: { example.org: { nameservers: [ns1.example.org], records: { ns1: { A: 192.0.2.53 } } } }",
);
const name = wireName("ns1.example.org");
const formErr = { flags: "qr", rcode: FORMERR, question: undefined };
const counted = ["query - other FORMERR"];

test.for<Row>([
  ["4: one question", { name }, { answers: ["ns1.example.org 300 A 192.0.2.53"] }, ["query - A NOERROR"]],
  ["4: two questions", { name, counts: [2, 0, 0, 0], records: [wireName("x"), fromHex("00010001")] }, formErr, counted],
  [
    "4: two questions that are one",
    { name, counts: [2, 0, 0, 0], records: [fromHex("c00c00010001")] },
    formErr,
    counted,
  ],
  ["4: a second question that is not there", { name, counts: [2, 0, 0, 0] }, formErr, counted],
  ["4: 65535 questions", { name, counts: [65_535, 0, 0, 0] }, formErr, counted],
  [
    "4: two questions and OPT",
    { name, counts: [2, 0, 0, 1], records: [fromHex("00002904d0000000000000")] },
    formErr,
    counted,
  ],
  ["4: one that the count denies", { name, counts: [0, 0, 0, 0] }, formErr, counted],
  [
    "4: of another opcode: NOTIMP, whatever the count means there",
    { name, opcode: 6, counts: [0, 0, 0, 0] },
    { flags: "qr", rcode: NOTIMP, question: undefined },
    ["query - other NOTIMP"],
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});

test.for([
  ["no question and nothing else", "123400000000000000000000", undefined],
  ["no question and OPT", "12340000000000000000000100002904d0000000000000", {}],
])("4: %s", ([, packet, edns]) => {
  const { message, counted: outcome } = server.ask(fromHex(packet as string));
  expect(message).toMatchObject({ ...formErr, answers: [] });
  expect(message?.edns === undefined).toBe(edns === undefined);
  expect(outcome).toEqual(counted);
});
