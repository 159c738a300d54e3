import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { wordsOf } from "../../src/shared/address-words.ts";
import { parseIpAddress } from "../../src/shared/ip-address.ts";
import { createServerCookies, SERVER_COOKIE } from "../../src/wire/server-cookie.ts";
import { createSipHash } from "../../src/wire/siphash.ts";

const SECRET = "e5e973e5a6b2a43f48e7dc849e37bfcf";
const NOW = 1_559_731_985;
const CLIENT = "198.51.100.100";

function octetsOf(digits: string): Uint8Array {
  return Uint8Array.from(Buffer.from(digits, "hex"));
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString("hex");
}

interface Client {
  readonly family: 4 | 6;
  readonly words: Uint32Array;
}

function clientAt(text: string): Client {
  const address = parseIpAddress(text)!;
  return { family: address.family, words: wordsOf(address) };
}

function cookiesOf(...secrets: readonly string[]) {
  return createServerCookies(secrets.map((secret) => octetsOf(secret)));
}

/** The client cookie and the server cookie that answers it. */
function made(secrets: readonly string[], clientCookie: string, address: string, now: number): string {
  const { family, words } = clientAt(address);
  const out = new Uint8Array(8 + SERVER_COOKIE);
  out.set(octetsOf(clientCookie));
  cookiesOf(...secrets).write(out, 8, out, family, words, now);
  return hex(out);
}

function valid(secrets: readonly string[], cookie: string, address: string, now: number): boolean {
  const { family, words } = clientAt(address);
  const octets = octetsOf(cookie);
  return cookiesOf(...secrets).isValid(octets, octets.length, family, words, now);
}

describe("RFC 9018 appendix A", () => {
  const LEARNT = "2464c4abcf10c957010000005cf79f111f8130c3eee29480";

  test("A.1: learning a new server cookie", () => {
    expect(made([SECRET], "2464c4abcf10c957", CLIENT, NOW)).toBe(LEARNT);
  });

  test("A.2: the same client learning a renewed server cookie, 40 minutes later", () => {
    expect(valid([SECRET], LEARNT, CLIENT, 1_559_734_385)).toBe(true);
    expect(made([SECRET], LEARNT.slice(0, 16), CLIENT, 1_559_734_385)).toBe(
      "2464c4abcf10c957010000005cf7a871d4a564a1442aca77",
    );
  });

  test("A.3: another client's cookie with reserved octets set", () => {
    const cookie = "fc93fc62807ddb8601abcdef5cf78f71a314227b6679ebf5";
    // The example's answer comes after 1 h 52 min, when this server has let the cookie expire.
    expect(valid([SECRET], cookie, "203.0.113.203", 1_559_727_985)).toBe(true);
    expect(valid([SECRET], cookie.replace("01abcdef", "01000000"), "203.0.113.203", 1_559_727_985)).toBe(false);
    expect(made([SECRET], "fc93fc62807ddb86", "203.0.113.203", 1_559_734_700)).toBe(
      "fc93fc62807ddb86010000005cf7a9acf73a7810aca2381e",
    );
  });

  test("A.4: an IPv6 client and a secret that was rolled over", () => {
    const [before, after] = ["dd3bdf9344b678b185a6f5cb60fca715", "445536bcd2513298075a5d379663c962"] as const;
    const address = "2001:db8:220:1:59de:d0f4:8769:82b8";
    const cookie = "22681ab97d52c298010000005cf7c57926556bd0934c72f8";
    expect(valid([after, before], cookie, address, 1_559_741_961)).toBe(true);
    expect(valid([after], cookie, address, 1_559_741_961)).toBe(false);
    expect(made([after, before], "22681ab97d52c298", address, 1_559_741_961)).toBe(
      "22681ab97d52c298010000005cf7c609a6bb79d16625507a",
    );
  });
});

test.for<[what: string, age: number, expected: boolean]>([
  ["an hour old", 3600, true],
  ["a second older than an hour", 3601, false],
  ["from five minutes ahead", -300, true],
  ["from a second further ahead", -301, false],
  ["from the other end of serial arithmetic", 2 ** 31, false],
])("isValid: a cookie %s", ([, age, expected]) => {
  for (const now of [NOW, 2 ** 31, 2 ** 32 + 10, 3 * 2 ** 32 - 100]) {
    const cookie = made([SECRET], "0011223344556677", CLIENT, now - age);
    expect(valid([SECRET], cookie, CLIENT, now)).toBe(expected);
  }
});

const anySecret = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(hex);
const anyClient = fc.oneof(
  fc.ipV4(),
  fc.ipV6().filter((text) => parseIpAddress(text) !== undefined),
);
const anyClientCookie = fc.uint8Array({ minLength: 8, maxLength: 8 }).map(hex);

test("isValid: a cookie of any of the secrets, for its client", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anySecret, { minLength: 1, maxLength: 4 }),
      fc.nat(),
      anyClientCookie,
      anyClient,
      (secrets, which, clientCookie, address) => {
        const cookie = made([secrets[which % secrets.length]!], clientCookie, address, NOW);
        expect(valid(secrets, cookie, address, NOW)).toBe(true);
        expect(valid([SECRET], cookie, address, NOW)).toBe(secrets[which % secrets.length] === SECRET);
      },
    ),
  );
});

test("isValid: no cookie with a changed bit, client cookie and version included", () => {
  const cookie = octetsOf(made([SECRET], "0011223344556677", CLIENT, NOW));
  for (let bit = 0; bit < cookie.length * 8; bit++) {
    const changed = hex(cookie.with(bit >> 3, cookie[bit >> 3]! ^ (1 << (bit & 7))));
    expect(valid([SECRET], changed, CLIENT, NOW)).toBe(false);
  }
});

test("isValid: no cookie of another version, though its hash is right", () => {
  const { family, words } = clientAt(CLIENT);
  for (const version of [1, 2]) {
    const hashed = octetsOf(`0011223344556677${version.toString().padStart(2, "0")}0000005cf79f11c6336464`);
    const cookie = new Uint8Array(24);
    cookie.set(hashed.subarray(0, 16));
    createSipHash(octetsOf(SECRET))(hashed, hashed.length, cookie, 16);
    expect(cookiesOf(SECRET).isValid(cookie, 24, family, words, NOW)).toBe(version === 1);
  }
});

test.for([
  ["another address", "198.51.100.101"],
  ["the IPv6 address with the same first word", "c633:6464::"],
])("isValid: not from %s", ([, address]) => {
  expect(valid([SECRET], made([SECRET], "0011223344556677", CLIENT, NOW), address!, NOW)).toBe(false);
});

test.for([8, 16, 23, 25, 40])("isValid: not with %d octets, whatever they are", (length) => {
  const cookie = new Uint8Array(40);
  cookie.set(octetsOf(made([SECRET], "0011223344556677", CLIENT, NOW)));
  const { family, words } = clientAt(CLIENT);
  expect(cookiesOf(SECRET).isValid(cookie, 24, family, words, NOW)).toBe(true);
  expect(cookiesOf(SECRET).isValid(cookie, length, family, words, NOW)).toBe(false);
});

test("createServerCookies: what one client leaves does not touch the next", () => {
  const cookies = cookiesOf(SECRET);
  const [wide, narrow] = [clientAt("2001:db8:ffff::ffff"), clientAt(CLIENT)];
  const out = new Uint8Array(24);
  cookies.write(out, 8, out, wide.family, wide.words, NOW);
  cookies.isValid(new Uint8Array(24).fill(0xff).with(8, 1), 24, wide.family, wide.words, 2 ** 32 - 1);
  cookies.write(out, 8, out, narrow.family, narrow.words, NOW);
  expect(hex(out)).toBe(made([SECRET], "0000000000000000", CLIENT, NOW));
});

test("write leaves what is around the 16 octets", () => {
  const out = new Uint8Array(20).fill(0xaa);
  const { family, words } = clientAt(CLIENT);
  cookiesOf(SECRET).write(out, 2, octetsOf("2464c4abcf10c957"), family, words, NOW);
  expect(hex(out)).toBe("aaaa010000005cf79f111f8130c3eee29480aaaa");
});
