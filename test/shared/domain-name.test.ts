import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isAtOrBelow,
  nameFromWire,
  nameToWire,
  parentName,
  parseDomainName,
  selfAndAncestors,
} from "../../src/shared/domain-name.ts";

/** Wire form of labels given as octets. */
function wire(...labels: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from([...labels.flatMap((label) => [label.length, ...label]), 0]);
}

function octets(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

const label = fc.array(fc.nat(255), { minLength: 1, maxLength: 63 });
/** Names of labels with any octets, at most 255 octets long. */
const labels = fc
  .array(fc.oneof({ weight: 5, arbitrary: fc.array(fc.nat(255), { minLength: 1, maxLength: 6 }) }, label), {
    maxLength: 20,
  })
  .filter((list) => list.reduce((sum, { length }) => sum + 1 + length, 1) <= 255);

function lowerCase(wireName: Uint8Array): Uint8Array {
  const lengths = new Set<number>();
  for (let at = 0; at < wireName.length; at += 1 + wireName[at]!) lengths.add(at);
  return wireName.map((octet, at) => (!lengths.has(at) && octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet));
}

describe("nameToWire", () => {
  test.for<[text: string, expected: Uint8Array]>([
    ["", wire()],
    [".", wire()],
    ["com", wire(octets("com"))],
    ["com.", wire(octets("com"))],
    ["wWw.Example.com", wire(octets("wWw"), octets("Example"), octets("com"))],
    [String.raw`a\.b.c`, wire(octets("a.b"), octets("c"))],
    [String.raw`a\\.b`, wire(octets("a\\"), octets("b"))],
    [String.raw`\000\255\046`, wire([0, 255, 46])],
    [String.raw`\*.b`, wire(octets("*"), octets("b"))],
    [String.raw`\0651`, wire(octets("A1"))],
    ["a b", wire(octets("a b"))],
    ["é.example", wire(octets("é"), octets("example"))],
    [String.raw`é\046\é.example`, wire(octets("é.é"), octets("example"))],
    ["a".repeat(63), wire(octets("a".repeat(63)))],
  ])("writes %j", ([text, expected]) => {
    expect(nameToWire(text)).toEqual(expected);
  });

  const longest = `${`${"a".repeat(63)}.`.repeat(3)}${"b".repeat(61)}`;

  test.for<[text: string, error: string]>([
    ["..", "empty-label"],
    [".a", "empty-label"],
    ["a..b", "empty-label"],
    ["a..", "empty-label"],
    ["a".repeat(64), "label-too-long"],
    // 63 characters, 64 octets.
    [`${"a".repeat(62)}é`, "label-too-long"],
    [`${longest}b`, "name-too-long"],
    ["a.".repeat(128), "name-too-long"],
    ["a\\", "bad-escape"],
    [String.raw`\256`, "bad-escape"],
    [String.raw`\25`, "bad-escape"],
    [String.raw`\0`, "bad-escape"],
    [String.raw`\9a`, "bad-escape"],
    [String.raw`\2a5`, "bad-escape"],
    [String.raw`é\256`, "bad-escape"],
  ])("refuses %j with %s", ([text, error]) => {
    expect(nameToWire(text)).toBe(error);
    expect(parseDomainName(text)).toBe(error);
  });

  test("takes 255 octets, in few long labels and in 127 short ones", () => {
    expect(nameToWire(longest)).toHaveLength(255);
    expect(nameToWire("a.".repeat(127))).toHaveLength(255);
  });
});

describe("nameFromWire", () => {
  test.for<[wireName: Uint8Array, text: string]>([
    [wire(), ""],
    [wire(octets("WWW"), octets("Example")), "www.example"],
    [wire(octets("a.b"), octets("c\\d")), String.raw`a\.b.c\\d`],
    [wire([0, 32, 127, 200]), String.raw`\000\032\127\200`],
    // Only ASCII letters have a lower case in the DNS (RFC 4343 section 3).
    [wire([0x40, 0x5b, 0xc9]), String.raw`@[\201`],
  ])("reads %j", ([wireName, text]) => {
    expect(nameFromWire(wireName)).toBe(text);
  });

  test("starts at the offset", () => {
    expect(nameFromWire(Uint8Array.of(9, 9, 1, 0x61, 0), 2)).toBe("a");
  });

  test("nameToWire gives the octets back, in lower case, whatever they are", () => {
    fc.assert(
      fc.property(labels, (list) => {
        const name = wire(...list);
        expect(nameToWire(nameFromWire(name))).toEqual(lowerCase(name));
      }),
    );
  });
});

describe("parseDomainName", () => {
  test.for<[text: string, name: string]>([
    ["WWW.Example.COM.", "www.example.com"],
    [String.raw`A\046b.c`, String.raw`a\.b.c`],
    [String.raw`\065.b`, "a.b"],
    [String.raw`a\ b`, String.raw`a\032b`],
    ["É", String.raw`\195\137`],
    [".", ""],
  ])("makes %j canonical: %j", ([text, name]) => {
    expect(parseDomainName(text)).toEqual({ name });
  });

  test("leaves canonical text as it is", () => {
    fc.assert(
      fc.property(labels, (list) => {
        const name = nameFromWire(wire(...list));
        expect(parseDomainName(name)).toEqual({ name });
      }),
    );
  });

  test("either makes text canonical or says why not, and never throws", () => {
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom("a", "é", ".", "\\", "0", "46", "255", " ")).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const parsed = parseDomainName(text);
        expect(typeof parsed === "object" ? parseDomainName(parsed.name) : parsed).toEqual(parsed);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("parentName", () => {
  test.for([
    ["a.b.example", "b.example"],
    ["example", ""],
    ["", undefined],
    [String.raw`a\.b.c`, "c"],
    [String.raw`a\\.b.c`, "b.c"],
    [String.raw`a\046`, ""],
  ])("of %j is %j", ([name, parent]) => {
    expect(parentName(name!)).toBe(parent);
  });

  test("has every label but the first", () => {
    fc.assert(
      fc.property(labels, (list) => {
        const parent = list.length === 0 ? undefined : nameFromWire(wire(...list.slice(1)));
        expect(parentName(nameFromWire(wire(...list)))).toBe(parent);
      }),
    );
  });
});

test.for<[name: string, names: string[]]>([
  ["a.example.com", ["a.example.com", "example.com", "com", ""]],
  [String.raw`a\.b.com`, [String.raw`a\.b.com`, "com", ""]],
  ["", [""]],
])("selfAndAncestors climbs from %j to the root", ([name, names]) => {
  expect([...selfAndAncestors(name)]).toEqual(names);
});

describe("isAtOrBelow", () => {
  test.for<[name: string, ancestor: string, expected: boolean]>([
    ["a.example", "a.example", true],
    ["b.a.example", "a.example", true],
    ["ba.example", "a.example", false],
    ["example", "a.example", false],
    ["a.example", "", true],
    ["", "", true],
    ["", "example", false],
    // One label that ends in the text of the ancestor.
    [String.raw`b\.a.example`, "a.example", false],
  ])("%j, %j: %s", ([name, ancestor, expected]) => {
    expect(isAtOrBelow(name, ancestor)).toBe(expected);
  });
});
