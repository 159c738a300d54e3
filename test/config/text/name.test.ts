import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  parseAbsoluteName,
  parseHostName,
  parseMailbox,
  parseNameOctets,
  parseOrigin,
  parseProfileName,
  parseRelativeName,
  parseZoneName,
} from "../../../src/config/text/name.ts";
import { nameToWire } from "../../../src/shared/domain-name.ts";

test.for([
  ["www.example.com", "www.example.com"],
  ["WWW.Example.COM.", "www.example.com"],
  ["_sip._tcp.example.com", "_sip._tcp.example.com"],
  ["com", "com"],
] as const)("parseAbsoluteName: %s is %s", ([text, name]) => {
  expect(parseAbsoluteName(text)).toEqual({ ok: true, value: name });
});

test.for([
  ["", "not a name"],
  [".", "not a name"],
  ["a..b", "an empty label in a name"],
  [".a", "an empty label in a name"],
  ["https://a.example", '":" in a name'],
  ["a b.example", "a space in a name"],
  ["*.example", "a wildcard"],
  ["bücher.example", '"ü" in a name'],
  [`${"a".repeat(64)}.example`, "a label longer than the DNS allows"],
  ["a.".repeat(128), "a name longer than the DNS allows"],
] as const)("parseAbsoluteName refuses %j: %s", ([text, what]) => {
  expect(parseAbsoluteName(text)).toMatchObject({ ok: false, error: { code: "bad-name", what } });
});

test.for([
  ["*.Apps.Example.COM.", "*.apps.example.com"],
  ["*.com", "*.com"],
  ["www.example.com", "www.example.com"],
] as const)("parseProfileName: %s is %s", ([text, name]) => {
  expect(parseProfileName(text)).toEqual({ ok: true, value: name });
});

test.for([
  ["*", "misplaced-wildcard", "an asterisk that is no wildcard"],
  ["*.", "misplaced-wildcard", "an asterisk that is no wildcard"],
  ["a.*.example", "misplaced-wildcard", "an asterisk that is no wildcard"],
  ["*.*.example", "misplaced-wildcard", "an asterisk that is no wildcard"],
  ["*a.example", "misplaced-wildcard", "an asterisk that is no wildcard"],
  ["**.example", "misplaced-wildcard", "an asterisk that is no wildcard"],
  // The same octet as without the backslash: whoever writes it means something that there is not.
  [String.raw`\*.example`, "misplaced-wildcard", "an asterisk that is no wildcard"],
  [String.raw`\042.example`, "bad-name", String.raw`"\\" in a name`],
  ["*..example", "bad-name", "an empty label in a name"],
  [`*.${"a.".repeat(126)}b`, "bad-name", "a name longer than the DNS allows"],
  ["*.a b", "bad-name", "a space in a name"],
] as const)("parseProfileName refuses %j: %s", ([text, code, what]) => {
  expect(parseProfileName(text)).toMatchObject({ ok: false, error: { code, what } });
});

test.for([
  ["Gtm.Example.COM.", "gtm.example.com"],
  ["0/25.2.0.192.in-addr.arpa", "0/25.2.0.192.in-addr.arpa"],
  [String.raw`a\032b.example`, String.raw`a\032b.example`],
] as const)("parseZoneName: %s is %s", ([text, name]) => {
  expect(parseZoneName(text)).toEqual({ ok: true, value: name });
});

test.for(["", ".", "@", "*.example", "a b.example", "a..b", "bücher.example"])("parseZoneName refuses %j", (text) => {
  expect(parseZoneName(text)).toMatchObject({ ok: false, error: { code: "bad-name" } });
});

test.for(["192.0.2.1", "192.0.2.1.", "1.2.3", "2001:db8::1", "example.123"])(
  "parseHostName: %s is an address",
  (text) => {
    expect(parseHostName(text)).toMatchObject({ ok: false, error: { what: "an address in place of a name" } });
  },
);

test("parseHostName: digits within a name are fine", () => {
  expect(parseHostName("1.2.3.example")).toEqual({ ok: true, value: "1.2.3.example" });
});

test.for([
  ["@", "example.com"],
  ["www", "www.example.com"],
  ["a.b", "a.b.example.com"],
  ["www.example.net.", "www.example.net"],
  [".", ""],
  ["*.shop", "*.shop.example.com"],
  ["0/25", "0/25.example.com"],
  // RFC 1035 section 5.1: an escaped dot does not end a name, an escaped backslash before a dot does not escape it.
  [String.raw`a\.`, String.raw`a\..example.com`],
  [String.raw`a\\.`, String.raw`a\\`],
  [String.raw`a\032b`, String.raw`a\032b.example.com`],
] as const)("parseRelativeName: %s in example.com is %s", ([text, name]) => {
  expect(parseRelativeName(text, "example.com")).toEqual({ ok: true, value: name });
});

test.for(["", "a b", "a;b", 'a"b', "a@b", "ü", "a..b", String.raw`a\999`, "a\\", "a".repeat(64)])(
  "parseRelativeName refuses %j",
  (text) => {
    expect(parseRelativeName(text, "example.com")).toMatchObject({ ok: false, error: { code: "bad-name" } });
  },
);

test.for([
  ["WwW", "WwW.Example.com"],
  ["@", "Example.com"],
  ["WWW.Example.NET.", "WWW.Example.NET"],
] as const)("parseNameOctets: %s in Example.com is %s, its case kept", ([text, name]) => {
  expect(parseNameOctets(text, "Example.com")).toEqual({ ok: true, value: nameToWire(name) });
  const origin = parseOrigin(text, "Example.com");
  expect(origin.ok && nameToWire(origin.value)).toEqual(nameToWire(name));
});

test("parseNameOctets and parseOrigin refuse what parseRelativeName refuses", () => {
  for (const text of ["a..b", "a b", String.raw`a\999`, "a".repeat(64)]) {
    const refused = parseRelativeName(text, "example.com");
    expect(parseNameOctets(text, "example.com")).toEqual(refused);
    expect(parseOrigin(text, "example.com")).toEqual(refused);
  }
});

test("parseRelativeName counts the zone's octets", () => {
  const label = `${"a".repeat(63)}.`;
  expect(parseRelativeName(label.repeat(3) + "b".repeat(49), "example.com").ok).toBe(true);
  expect(parseRelativeName(label.repeat(3) + "b".repeat(50), "example.com").ok).toBe(false);
});

test.for([
  ["hostmaster@example.com", "hostmaster.example.com"],
  ["John.doe@Example.com.", String.raw`John\.doe.Example.com`],
] as const)("parseMailbox: %s is %s", ([text, name]) => {
  expect(parseMailbox(text)).toEqual({ ok: true, value: nameToWire(name) });
});

test.for(["hostmaster", "a@b@c", "@example.com", "a b@example.com", "a@", "a@b..c", `${"a".repeat(64)}@b`])(
  "parseMailbox refuses %j",
  (text) => {
    expect(parseMailbox(text).ok).toBe(false);
  },
);

test("names: any text is a name or a refusal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const parse of [parseAbsoluteName, parseHostName, parseMailbox, parseProfileName])
        expect(typeof parse(text).ok).toBe("boolean");
      expect(typeof parseRelativeName(text, "example.com").ok).toBe("boolean");
    }),
  );
});
