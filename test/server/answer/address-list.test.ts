import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readWords } from "../../../src/geo/find-leaf.ts";
import { isListed } from "../../../src/server/answer/address-list.ts";
import { prefixContains } from "../../../src/shared/ip-address.ts";
import { addressIn, network } from "../../support/arbitraries.ts";
import { cidr } from "../../support/snapshot.ts";

test("isListed holds exactly the addresses of the listed networks", () => {
  const cases = fc
    .array(network, { maxLength: 4 })
    .chain((texts) => fc.tuple(fc.constant(texts.map(cidr)), addressIn([...texts, "0.0.0.0/0", "::/0"])));
  fc.assert(
    fc.property(cases, ([prefixes, address]) => {
      const words = new Uint32Array(4);
      readWords(address.octets, 0, address.octets.length, words);
      expect(isListed(prefixes)(address.family, words)).toBe(
        prefixes.some((prefix) => prefixContains(prefix, address)),
      );
    }),
    { numRuns: 1000 },
  );
});
