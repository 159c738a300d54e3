import * as fc from "fast-check";
import { expect, test } from "vitest";
import { prefixContains, type IpAddress } from "../../src/shared/ip-address.ts";
import { SPECIAL_PURPOSE, specialNetworkOf } from "../../src/shared/special-purpose.ts";

test("SPECIAL_PURPOSE: each network is one, and none stands behind a wider one", () => {
  for (const [index, { network }] of SPECIAL_PURPOSE.entries()) {
    expect(network).toBeTypeOf("object");
    const hidden = SPECIAL_PURPOSE.slice(0, index).filter((before) => prefixContains(before.network, network.address));
    expect(hidden.filter((before) => before.network.length <= network.length)).toEqual([]);
  }
});

test("specialNetworkOf: the first network that holds the address, at its edges and beside them", () => {
  const edges = SPECIAL_PURPOSE.flatMap(({ network: { address, length } }): IpAddress[] => {
    const last = address.octets.map((octet, i) => octet | (0xff >> Math.min(8, Math.max(0, length - i * 8))));
    return [address, { family: address.family, octets: last }].flatMap((edge) =>
      [-1, 0, 1].map((step) => ({ family: edge.family, octets: moved(edge.octets, step) })),
    );
  });
  const addresses = fc.oneof(
    fc.constantFrom(...edges),
    fc.uint8Array({ minLength: 4, maxLength: 4 }).map((octets): IpAddress => ({ family: 4, octets })),
    fc.uint8Array({ minLength: 16, maxLength: 16 }).map((octets): IpAddress => ({ family: 6, octets })),
  );
  fc.assert(
    fc.property(addresses, (address) => {
      const expected = SPECIAL_PURPOSE.find(({ network }) => prefixContains(network, address));
      expect(specialNetworkOf(address)).toBe(expected);
    }),
    { numRuns: 3000 },
  );
});

/** The address before or behind, around the ends. */
function moved(octets: Uint8Array, step: number): Uint8Array {
  const result = octets.slice();
  for (let i = result.length - 1, carry = step; i >= 0 && carry !== 0; i--) {
    const sum = result[i]! + carry;
    result[i] = sum & 0xff;
    carry = sum < 0 ? -1 : sum > 255 ? 1 : 0;
  }
  return result;
}
