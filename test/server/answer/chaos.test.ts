import { Packet } from "dns2";
import { describe, expect, test } from "vitest";
import { replyOf, type Row } from "../../support/answer-rows.ts";
import { serviceOf, testAnswerer } from "../../support/answerer.ts";
import { clientSubnet, type QuerySpec } from "../../support/query-packet.ts";
import { cidr } from "../../support/snapshot.ts";

const { A, TXT, ANY } = Packet.TYPE;
const { REFUSED } = Packet.RCODE;
const PROHIBITED = 18;
const NOT_AUTHORITATIVE = 20;

const ask = (name: string, type: number = TXT): QuerySpec => ({ name, type, class: 3, edns: {} });

const allow = [cidr("192.0.2.0/24"), cidr("2001:db8::/32")];

describe("class CH", () => {
  const server = testAnswerer(
    { networks: { office: { cidrs: ["10.20.0.0/16"], country: "DE" } } },
    { service: serviceOf({ identity: { name: "ns1-fra", version: "1.2", whoami: true, allow } }) },
  );

  test.for<Row>([
    ...["hostname.bind", "id.server", "ID.Server"].map((name): Row => [
      `${name} tells the server's name`,
      ask(name),
      { answers: [`${name} 0 CH TXT "ns1-fra"`] },
      ["query - TXT NOERROR"],
    ]),
    ...["version.bind", "version.server"].map((name): Row => [
      `${name} tells the version`,
      ask(name),
      { answers: [`${name} 0 CH TXT "1.2"`] },
      ["query - TXT NOERROR"],
    ]),
    [
      "ANY is answered too",
      ask("id.server", ANY),
      { answers: ['id.server 0 CH TXT "ns1-fra"'] },
      ["query - ANY NOERROR"],
    ],
    ["another type has no data", ask("id.server", A), {}, ["query - A NOERROR"]],
    [
      "a transfer is refused",
      ask("id.server", 252),
      { flags: "qr", rcode: REFUSED, edns: { ede: 21 } },
      ["query - other REFUSED"],
    ],
    [
      "whoami.geosteer tells where the resolver is taken to be",
      ask("whoami.geosteer"),
      {
        answers: [
          'whoami.geosteer 0 CH TXT "resolver 192.0.2.200" "location unknown (no database or network knows the address)" "regions WORLD"',
        ],
      },
      ["query - TXT NOERROR"],
    ],
    [
      "whoami.geosteer tells the client subnet and where that is taken to be",
      { ...ask("whoami.geosteer"), ecs: clientSubnet("10.20.1.0/24") },
      {
        answers: [
          'whoami.geosteer 0 CH TXT "resolver 192.0.2.200" "client 10.20.1.0/24" "location DE at 51.17, 10.45 (office)" "regions DE EU EEA GEO-EU WORLD"',
        ],
      },
      ["query - TXT NOERROR"],
    ],
    [
      "whoami.geosteer tells where the resolver is, of a private subnet that nobody knows",
      { ...ask("whoami.geosteer"), ecs: clientSubnet("10.99.1.0/24") },
      {
        answers: [
          'whoami.geosteer 0 CH TXT "resolver 192.0.2.200" "client 10.99.1.0/24" "location unknown (no database or network knows the address), the resolver\'s" "regions WORLD"',
        ],
      },
      ["query - TXT NOERROR"],
    ],
    ...["other.bind", "x.id.server", "bind", "gtm.example.com", ""].map((name): Row => [
      `${name || "the root"} is refused`,
      ask(name),
      { flags: "qr", rcode: REFUSED, edns: { ede: NOT_AUTHORITATIVE } },
      ["query - TXT REFUSED"],
    ]),
  ])("%s", (row) => {
    expect(server.ask(row[1])).toMatchObject(replyOf(row));
  });

  test("names belong to their class alone", () => {
    expect(server.ask({ name: "id.server", type: TXT }).message).toMatchObject({ rcode: REFUSED });
  });

  test.for(["192.0.2.1", "2001:db8:ffff::1"])("is told to %s, which is allowed", (peer) => {
    expect(server.ask(ask("id.server"), { peer }).message?.answers).toHaveLength(1);
  });

  test.for(["192.0.3.1", "2001:db9::1", "::1"])("is not told to %s, which is not", (peer) => {
    const refused = { rcode: REFUSED, flags: "qr", answers: [], edns: { ede: PROHIBITED } };
    expect(server.ask(ask("id.server"), { peer }).message).toMatchObject(refused);
  });

  test.for(["hostname.bind", "id.server", "version.bind", "version.server", "whoami.geosteer"])(
    "%s is refused where nothing is to be told",
    (name) => {
      const silent = testAnswerer(
        {},
        { service: serviceOf({ identity: { name: undefined, version: undefined, whoami: false, allow } }) },
      );
      expect(silent.ask(ask(name)).message).toMatchObject({ rcode: REFUSED, edns: { ede: NOT_AUTHORITATIVE } });
    },
  );
});
