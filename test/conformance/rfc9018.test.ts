/** RFC 9018, "Interoperable Domain Name System (DNS) Server Cookies": the test vectors of appendix A, and more. */
import { describe, expect, test } from "vitest";
import type { TestAnswerer } from "../support/answerer.ts";
import { conformanceServer, fromHex, OPTION, withOptions } from "../support/conformance-server.ts";

const ZONE = "zones: { example.org: { nameservers: [ns1.example.org], records: { ns1: { A: 192.0.2.53 } } } }";
const SECRET = "e5e973e5a6b2a43f48e7dc849e37bfcf";

interface Scene {
  /** The first makes cookies, all verify. */
  readonly secrets?: readonly string[];
  /** Seconds since the Unix epoch. */
  readonly now: number;
}

function serverAt({ secrets = [SECRET], now }: Scene, more = ""): TestAnswerer {
  return conformanceServer(`${ZONE}\n${more}`, {
    // A file with these is refused: they are published.
    cookieSecrets: secrets.map(fromHex),
    clock: () => now * 1000 + 999,
  });
}

function ask(server: TestAnswerer, peer: string, cookie: string): ReturnType<TestAnswerer["ask"]> {
  return server.ask({ name: "ns1.example.org", edns: withOptions([OPTION.COOKIE, cookie]) }, { peer });
}

const OLD_SECRET = "dd3bdf9344b678b185a6f5cb60fca715";
const NEW_SECRET = "445536bcd2513298075a5d379663c962";
const IPV6 = "2001:db8:220:1:59de:d0f4:8769:82b8";

test.for<[what: string, scene: Scene, peer: string, cookie: string, fresh: string]>([
  [
    "A.1: learning a new server cookie",
    { now: 1_559_731_985 },
    "198.51.100.100",
    "2464c4abcf10c957",
    "2464c4abcf10c957010000005cf79f111f8130c3eee29480",
  ],
  [
    "A.2: the same client learning a renewed server cookie",
    { now: 1_559_734_385 },
    "198.51.100.100",
    "2464c4abcf10c957010000005cf79f111f8130c3eee29480",
    "2464c4abcf10c957010000005cf7a871d4a564a1442aca77",
  ],
  [
    "A.3: another client learning a renewed server cookie",
    { now: 1_559_734_700 },
    "203.0.113.203",
    "fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5",
    "fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e",
  ],
  [
    "A.4: IPv6 query with rolled over secret",
    { now: 1_559_741_961, secrets: [NEW_SECRET, OLD_SECRET] },
    IPV6,
    "22681ab97d52c298010000005cf7c57926556bd0934c72f8",
    "22681ab97d52c298010000005cf7c609a6bb79d16625507a",
  ],
])("%s", ([, scene, peer, cookie, fresh]) => {
  expect(ask(serverAt(scene), peer, cookie)).toMatchObject({
    message: { rcode: 0, answers: ["ns1.example.org 300 A 192.0.2.53"], edns: { cookie: fresh } },
    counted: ["query - A NOERROR"],
  });
});

// Who shows a cookie that is right is not limited (RFC 7873 section 5.2.5); all others have used up their one answer.
describe("a cookie that is right", () => {
  const LIMIT = "dns: { rateLimit: { responses: 1, slip: 0 } }";
  const MADE = 1_559_731_985;
  const IPV4 = "198.51.100.100";
  const COOKIE = "2464c4abcf10c957010000005cf79f111f8130c3eee29480";

  test.for<[what: string, scene: Scene, peer: string, cookie: string, isRight: boolean]>([
    ["4: at once", { now: MADE }, IPV4, COOKIE, true],
    ["4.3: an hour later", { now: MADE + 3600 }, IPV4, COOKIE, true],
    ["4.3: more than an hour later", { now: MADE + 3601 }, IPV4, COOKIE, false],
    ["4.3: by a clock that is five minutes behind", { now: MADE - 300 }, IPV4, COOKIE, true],
    ["4.3: by one that is more behind", { now: MADE - 301 }, IPV4, COOKIE, false],
    [
      "4.2: with reserved octets of whatever value",
      { now: 1_559_727_985 },
      "203.0.113.203",
      "fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5",
      true,
    ],
    ["4.4: from another address", { now: MADE }, "198.51.100.101", COOKIE, false],
    ["4.4: with another client cookie", { now: MADE }, IPV4, `35${COOKIE.slice(2)}`, false],
    ["4.4: with another hash", { now: MADE }, IPV4, `${COOKIE.slice(0, -2)}81`, false],
    ["4.4: with another time", { now: MADE }, IPV4, COOKIE.replace("5cf79f11", "5cf79f12"), false],
    ["4.1: of another version", { now: MADE }, IPV4, COOKIE.replace("c95701", "c95702"), false],
    ["4.1: of another length", { now: MADE }, IPV4, `${COOKIE}00`, false],
    ["4.1: cut", { now: MADE }, IPV4, COOKIE.slice(0, -2), false],
    ["4.4: by another secret", { now: MADE, secrets: [NEW_SECRET] }, IPV4, COOKIE, false],
    ["5: by the secret before", { now: MADE, secrets: [NEW_SECRET, SECRET] }, IPV4, COOKIE, true],
    [
      "5: by the secret to come",
      { now: 1_559_741_961, secrets: [OLD_SECRET, NEW_SECRET] },
      IPV6,
      "22681ab97d52c298010000005cf7c609a6bb79d16625507a",
      true,
    ],
  ])("%s", ([, scene, peer, cookie, isRight]) => {
    const server = serverAt(scene, LIMIT);
    expect(ask(server, peer, cookie.slice(0, 16)).message?.rcode).toBe(0);
    expect(ask(server, peer, cookie.slice(0, 16))).toEqual({ message: undefined, counted: ["event limited"] });
    const { message, counted } = ask(server, peer, cookie);
    expect(counted).toEqual([isRight ? "query - A NOERROR" : "event limited"]);
    expect(message !== undefined).toBe(isRight);
  });
});
