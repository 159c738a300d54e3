/** RFC 8914, "Extended DNS Errors". */
import { describe, expect, test } from "vitest";
import { soaOf } from "../support/answer-rows.ts";
import { conformanceServer, RCODE, repliesTo, TYPE, wantedBy, type Row } from "../support/conformance-server.ts";

const { AAAA, AXFR, IXFR, TXT } = TYPE;
const { BADVERS, NXDOMAIN, REFUSED, SERVFAIL } = RCODE;

const downWith = (name: string, whenAllDown: string): string => `
  ${name}:
    names: [${name}.example.org]
    method: priority
    monitor: web
    whenAllDown: ${whenAllDown}
    endpoints: { a: { address: 192.0.2.1 } }
`;

const server = conformanceServer(`
zones:
  example.org:
    nameservers: [ns1.example.org]
    records: { ns1: { A: 192.0.2.53 }, to-served: { CNAME: served } }
monitors: { web: { protocol: tcp, port: 80 } }
profiles:
  up:
    names: [up.example.org]
    method: priority
    monitor: web
    endpoints: { a: { address: 192.0.2.1 }, b: { address: 192.0.2.2 } }
  only: { names: [only.example.org], method: geographic, endpoints: { de: { address: 192.0.2.3, regions: [DE] } } }
${downWith("served", "serveAll")}${downWith("nodata", "nodata")}${downWith("failed", "servfail")}
${downWith("instead", "{ fallback: 192.0.2.9 }")}`);
for (const name of ["up", "served", "nodata", "failed", "instead"]) server.set(`${name}/a`, "degraded");

const edns = {};
const org = soaOf("example.org");
const refused = { flags: "qr", rcode: REFUSED };
const counted = (name: string, endpoint: string, reason: string, rcode = "NOERROR"): string[] => [
  `query ${name} A ${rcode}`,
  `decision ${name}/${endpoint} ${reason}`,
];
const ask = (label: string): Row[1] => ({ name: `${label}.example.org`, edns });

describe("told", () => {
  test.for<Row>([
    [
      "4.18: nothing where the answer is the same for every client",
      { ...ask("only"), type: AAAA },
      { authority: [org], edns: { ede: undefined } },
      ["query only AAAA NOERROR", "decision only/- no-match"],
    ],
    [
      "4.18: no endpoint is for the client: Filtered",
      ask("only"),
      { authority: [soaOf("example.org", 5)], edns: { ede: 17 } },
      counted("only", "-", "no-match"),
    ],
    [
      "4.21: a name of no zone here: Not Authoritative",
      { name: "example.net", edns },
      { ...refused, edns: { ede: 20 } },
      ["query - A REFUSED"],
    ],
    ...[AXFR, IXFR].map((type): Row => [
      `4.22: a transfer (type ${type}): Not Supported`,
      { name: "example.org", type, edns },
      { ...refused, edns: { ede: 21 } },
      ["query - other REFUSED"],
    ]),
    [
      "4.23: all endpoints are down and served: No Reachable Authority",
      ask("served"),
      { answers: ["served.example.org 60 A 192.0.2.1"], edns: { ede: 22 } },
      counted("served", "a", "all-down"),
    ],
    [
      "4.23: behind an alias",
      ask("to-served"),
      {
        answers: ["to-served.example.org 300 CNAME served.example.org", "served.example.org 60 A 192.0.2.1"],
        edns: { ede: 22 },
      },
      counted("served", "a", "all-down"),
    ],
    [
      "4.23: all endpoints are down: NODATA",
      ask("nodata"),
      { authority: [org], edns: { ede: 22 } },
      counted("nodata", "-", "refused-all-down"),
    ],
    [
      "4.23: all endpoints are down: SERVFAIL",
      ask("failed"),
      { rcode: SERVFAIL, edns: { ede: 22 } },
      counted("failed", "-", "refused-all-down", "SERVFAIL"),
    ],
    [
      "4.23: all endpoints are down: the fallback",
      ask("instead"),
      { answers: ["instead.example.org 60 A 192.0.2.9"], edns: { ede: 22 } },
      counted("instead", "-", "fallback"),
    ],
  ])("%s", (row) => {
    expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
  });
});

describe("not told", () => {
  test.for<Row>([
    ["3: without EDNS", { name: "example.net" }, refused, ["query - A REFUSED"]],
    [
      "3: without EDNS, of a profile",
      { name: "served.example.org" },
      { answers: ["served.example.org 60 A 192.0.2.1"] },
      counted("served", "a", "all-down"),
    ],
    [
      "3: one endpoint of several is down",
      ask("up"),
      { answers: ["up.example.org 60 A 192.0.2.2"] },
      counted("up", "b", "failover"),
    ],
    [
      "3: an address family that nobody has",
      { ...ask("up"), type: AAAA },
      { authority: [org] },
      ["query up AAAA NOERROR", "decision up/- no-family"],
    ],
    ["3: a type without data", { ...ask("served"), type: TXT }, { authority: [org] }, ["query served TXT NOERROR"]],
    ["3: a name that does not exist", ask("x"), { rcode: NXDOMAIN, authority: [org] }, ["query - A NXDOMAIN"]],
    [
      "3: an unknown version of EDNS",
      { name: "example.net", edns: { version: 1 } },
      { flags: "qr", rcode: BADVERS },
      ["query - A BADVERS"],
    ],
    [
      "3: nothing of the query before",
      ask("ns1"),
      { answers: ["ns1.example.org 300 A 192.0.2.53"] },
      ["query - A NOERROR"],
    ],
  ])("%s", (row) => {
    expect(repliesTo(server, row)).toMatchObject(wantedBy(row));
  });
});

describe("4.4, Stale Answer: a newer configuration could not be loaded", () => {
  const stale = conformanceServer(
    "zones: { example.org: { nameservers: [ns1.example.org], records: { ns1: { A: 192.0.2.53 } } } }",
    { stale: true },
  );

  test.for<Row>([
    [
      "an answer",
      ask("ns1"),
      { answers: ["ns1.example.org 300 A 192.0.2.53"], edns: { ede: 3 } },
      ["query - A NOERROR"],
    ],
    ["NXDOMAIN", ask("x"), { rcode: NXDOMAIN, authority: [org], edns: { ede: 3 } }, ["query - A NXDOMAIN"]],
    [
      "a refusal has its own reason",
      { name: "example.net", edns },
      { ...refused, edns: { ede: 20 } },
      ["query - A REFUSED"],
    ],
  ])("4.4: %s", (row) => {
    expect(repliesTo(stale, row)).toMatchObject(wantedBy(row));
  });
});
