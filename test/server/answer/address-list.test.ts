import * as fc from "fast-check";
import { expect, test } from "vitest";
import { wordsOf } from "../../../src/shared/address-words.ts";
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
      const words = wordsOf(address);
      expect(isListed(prefixes)(address.family, words)).toBe(
        prefixes.some((prefix) => prefixContains(prefix, address)),
      );
    }),
    { numRuns: 1000 },
  );
});
