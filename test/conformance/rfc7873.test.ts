/** RFC 7873, "Domain Name System (DNS) Cookies". How a server cookie is made: `rfc9018.test.ts`. */
import { expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import {
  conformanceServer,
  fromHex,
  OPTION,
  RCODE,
  repliesTo,
  wantedBy,
  withOptions,
  type Row,
} from "../support/conformance-server.ts";
import type { From } from "../support/answerer.ts";
import type { QuerySpec } from "../support/query-packet.ts";

const { BADCOOKIE, FORMERR, NOERROR, NXDOMAIN, REFUSED } = RCODE;

const server = conformanceServer(
  "zones: { example.org: { nameservers: [ns1.example.org], records: { ns1: { A: 192.0.2.53 } } } }",
);
const name = "ns1.example.org";
const answers = ["ns1.example.org 300 A 192.0.2.53"];
const counted = ["query - A NOERROR"];

const CLIENT = "0102030405060708";
const withCookie = (cookie: string): QuerySpec => ({ name, edns: withOptions([OPTION.COOKIE, cookie]) });
const cookieOf = (query: QuerySpec, from?: From): string => server.ask(query, from).message?.edns?.cookie ?? "";
const RIGHT = cookieOf(withCookie(CLIENT));
/** The client's own octets, and 16 that are the server's to say. */
const BOTH = expect.stringMatching(new RegExp(`^${CLIENT}[0-9a-f]{32}$`)) as string;
const given = { edns: { cookie: BOTH } };

test.for<Row>([
  ["5.2.1: no cookie without OPT", { name }, { answers }, counted],
  ["5.2.1: none where the query has none", { name, edns: {} }, { answers }, counted],
  ...[0, 1, 7, 9, 15, 41, 64].map((length): Row => [
    `5.2.2: a cookie of ${length} octets`,
    withCookie("00".repeat(length)),
    { flags: "qr", rcode: FORMERR },
    ["query - A FORMERR"],
  ]),
  ["5.2.3: a client cookie alone gets an answer, and both cookies", withCookie(CLIENT), { answers, ...given }, counted],
  [
    "5.2.3: in a negative answer",
    { ...withCookie(CLIENT), name: "x.example.org" },
    { rcode: NXDOMAIN, authority: [soaOf("example.org")], ...given },
    ["query - A NXDOMAIN"],
  ],
  [
    "5.2.3: in a refusal",
    { ...withCookie(CLIENT), name: "example.net" },
    { flags: "qr", rcode: REFUSED, edns: { cookie: BOTH, ede: 20 } },
    ["query - A REFUSED"],
  ],
  // The answer to a malformed message is never larger than the message, so it has no room for the server's cookie.
  [
    "5.2.3: none in an error for a malformed message",
    { name, edns: withOptions([OPTION.COOKIE, CLIENT], [OPTION.ECS, "0003"]) },
    { flags: "qr", rcode: FORMERR },
    ["query - A FORMERR"],
  ],
  ...[16, 17, 24, 40].map((length): Row => [
    `5.2.4: a server cookie that is wrong, ${length} octets in all, is as good as none`,
    withCookie(CLIENT.padEnd(length * 2, "0")),
    { answers, ...given },
    counted,
  ]),
  ["5.2.5: a server cookie that is right", withCookie(RIGHT), { answers, ...given }, counted],
  [
    "5.2: of several cookies the first counts",
    { name, edns: withOptions([OPTION.COOKIE, CLIENT], [OPTION.COOKIE, "ff".repeat(8)]) },
    { answers, ...given },
    counted,
  ],
  [
    "5.2: the others are ignored, whatever their length",
    { name, edns: withOptions([OPTION.COOKIE, CLIENT], [OPTION.COOKIE, "ff"]) },
    { answers, ...given },
    counted,
  ],
])("%s", (row) => {
  expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
});

test("4.2: the server cookie is another for another client, and for another client cookie", () => {
  const all = [
    RIGHT,
    cookieOf(withCookie(CLIENT), { peer: "192.0.2.201" }),
    cookieOf(withCookie(CLIENT), { peer: "2001:db8::1" }),
    cookieOf(withCookie(CLIENT), { peer: "2001:db8::2" }),
    cookieOf(withCookie("0102030405060709")),
  ];
  expect(new Set(all.map((cookie) => cookie.slice(16))).size).toBe(all.length);
});

test.for<[what: string, cookie: string, rcode: number]>([
  ["a client cookie: NOERROR", CLIENT, NOERROR],
  ["a server cookie that is right: NOERROR", RIGHT, NOERROR],
  ["a server cookie that is wrong: BADCOOKIE", CLIENT + "00".repeat(16), BADCOOKIE],
])("5.4: no question, and %s, with both cookies", ([, cookie, rcode]) => {
  const length = (cookie.length / 2).toString(16).padStart(2, "0");
  const rdata = (cookie.length / 2 + 4).toString(16).padStart(2, "0");
  const packet = fromHex(`00070000000000000000000100002904d00000000000${rdata}000a00${length}${cookie}`);
  for (const transport of ["udp", "tcp"] as const) {
    expect(server.ask(packet, { transport })).toMatchObject({
      message: { id: 7, flags: "qr", rcode, question: undefined, answers: [], authority: [], edns: { cookie: BOTH } },
      counted: [`query - other ${rcode === NOERROR ? "NOERROR" : "BADCOOKIE"}`],
    });
  }
});
