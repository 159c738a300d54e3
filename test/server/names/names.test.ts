import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileZones } from "../../../src/server/names/compile-zones.ts";
import { createNames, type Names } from "../../../src/server/names/names.ts";
import { nameFromWire } from "../../../src/shared/domain-name.ts";
import { decodeQuery } from "../../../src/wire/decode-query.ts";
import { newQuery } from "../../../src/wire/query.ts";
import { labelsName, queryPacket } from "../../support/query-packet.ts";
import { snapshotOf, zoneOf } from "../../support/snapshot.ts";

type Labels = readonly (readonly number[])[];

const TXT = 16;

/** The number of labels below the longest known ancestor, and the number of the record that it has. */
function find(names: Names, labels: Labels): readonly [below: number, record: number | undefined] | undefined {
  const query = newQuery();
  const packet = queryPacket({ name: labelsName(...labels) });
  expect(decodeQuery(packet, packet.length, false, query)).toBe("");
  const found = names.find(query);
  if (found === undefined) return undefined;
  const octets = names.records(found.node, TXT)?.octets;
  return [found.labels, octets && (octets.at(-2)! << 8) | octets.at(-1)!];
}

/** One zone with a record at each name, whose data is the position of the name. */
function namesOf(apex: Labels, owners: readonly Labels[]): Names {
  const records = owners.map((labels, i) => ({
    owner: nameFromWire(labelsName(...labels)),
    type: TXT,
    ttl: 60,
    records: [Uint8Array.of(2, i >> 8, i & 0xff)],
  }));
  const zone = { ...zoneOf("example"), name: nameFromWire(labelsName(...apex)), records };
  return createNames(structuredClone(compileZones([zone], snapshotOf({}))));
}

function textOf(labels: Labels): string {
  return labels.map((label) => label.join(" ")).join("/");
}

// Few different labels, so that names share suffixes; lower case, as names in the table are.
const label = fc.constantFrom([0x61], [0x62], [0x61, 0x61], [0x2e], [0], [1, 0x61], [0xff]);
const labels = fc.array(label, { maxLength: 5 });

describe("Names.find", () => {
  test("finds the longest known ancestor of any name: one with records, or between such a one and the apex", () => {
    fc.assert(
      fc.property(fc.uniqueArray(labels, { selector: textOf, maxLength: 30 }), labels, (owners, asked) => {
        const ofText = new Map(owners.map((owner, i) => [textOf(owner), i]));
        const existing = new Set(["", ...owners.flatMap((owner) => owner.map((_, i) => textOf(owner.slice(i))))]);
        const below = [...asked.keys(), asked.length].find((count) => existing.has(textOf(asked.slice(count))))!;
        expect(find(namesOf([], owners), asked)).toEqual([below, ofText.get(textOf(asked.slice(below)))]);
      }),
      { numRuns: 1000 },
    );
  });

  test("finds every one of many names, and no other", () => {
    const digits = (i: number): number[] => Array.from(String(i), (digit) => digit.charCodeAt(0));
    const owners = Array.from({ length: 5000 }, (_, i) => [digits(i), [0x7a]]);
    const names = namesOf([[0x7a]], owners);
    for (const [i, owner] of owners.entries()) expect(find(names, owner)).toEqual([0, i]);
    for (let i = 5000; i < 6000; i++) expect(find(names, [digits(i), [0x7a]])).toEqual([1, undefined]);
    for (let i = 0; i < 1000; i++) expect(find(names, [digits(i), [0x79]])).toBeUndefined();
  });

  test("takes names of 127 labels", () => {
    const longest = Array.from({ length: 127 }, () => [0x61]);
    const names = namesOf([[0x61]], [longest]);
    expect(find(names, longest)).toEqual([0, 0]);
    expect(find(names, longest.slice(1))).toEqual([0, undefined]);
    expect(find(names, [[0x62], ...longest.slice(1)])).toEqual([1, undefined]);
    expect(find(names, [...longest.slice(1), [0x62]])).toBeUndefined();
  });

  test("finds the root of a root zone for any name", () => {
    const names = namesOf([], []);
    expect(find(names, [])).toEqual([0, undefined]);
    expect(find(names, [[0x61], [0x62]])).toEqual([2, undefined]);
  });

  test("finds nothing without zones", () => {
    expect(find(createNames(compileZones([], snapshotOf({}))), [[0x61]])).toBeUndefined();
  });
});
