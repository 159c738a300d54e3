/** RFC 9715, "IP Fragmentation Avoidance in DNS over UDP": of answers, what concerns a message's size. */
import { expect, test } from "vitest";
import {
  conformanceServer,
  repliesTo,
  textFor,
  textLine,
  TYPE,
  wantedBy,
  type Row,
} from "../support/conformance-server.ts";

const { TXT } = TYPE;

const OPT = 11;
const LONGEST = 1232;
const texts = {
  a: textFor(LONGEST - OPT),
  b: textFor(LONGEST - OPT + 1),
  c: textFor(1000 - OPT),
};

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records:
      ns1: { A: 192.0.2.53 }
${Object.entries(texts)
  .map(([name, text]) => `      ${name}: { TXT: ${text} }`)
  .join("\n")}
`);

const ask = (letter: keyof typeof texts, size: number): Row[1] => ({
  name: `${letter}.example.org`,
  type: TXT,
  edns: { size },
});
const whole = (letter: keyof typeof texts): Row[2] => ({
  answers: [textLine(`${letter}.example.org`, texts[letter])],
  edns: { udpSize: LONGEST },
});
const counted = ["query - TXT NOERROR"];
const cut = ["event truncated", ...counted];
const udp = { transport: "udp" } as const;

test.for<Row>([
  ["3.1, R3: 1232 octets, which no path fragments", ask("a", LONGEST), { ...whole("a"), size: LONGEST }, counted, udp],
  ["3.1, R3: no more, however much the client takes", ask("b", 4096), { flags: "qr aa tc" }, cut, udp],
  ["3.1, R3: nor 65535", ask("b", 65_535), { flags: "qr aa tc" }, cut, udp],
  ["3.1, R3: no more than the client takes", ask("c", 999), { flags: "qr aa tc" }, cut, udp],
  ["3.1, R3: as much as it takes", ask("c", 1000), { ...whole("c"), size: 1000 }, counted, udp],
  ["3.1, R3: over TCP whole", ask("b", LONGEST), whole("b"), counted, { transport: "tcp" }],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});
