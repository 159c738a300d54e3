import { expect, test } from "vitest";
import { createHalfSipHash, createSipHash } from "../../src/wire/siphash.ts";

/** The key is 00 01 02 …, the input of the vector at index n its first n octets. https://github.com/veorq/SipHash. */
const ASCENDING = Uint8Array.from({ length: 256 }, (_, i) => i);

// Most significant digit first; on the wire the hash is little-endian.
const VECTORS = words(`
  726fdb47dd0e0e31 74f839c593dc67fd 0d6c8009d9a94f5a 85676696d7fb7e2d cf2794e0277187b7 18765564cd99a68d
  cbc9466e58fee3ce ab0200f58b01d137 93f5f5799a932462 9e0082df0ba9e4b0 7a5dbbc594ddb9f3 f4b32f46226bada7
  751e8fbc860ee5fb 14ea5627c0843d90 f723ca908e7af2ee a129ca6149be45e5 3f2acc7f57c29bdb 699ae9f52cbe4794
  4bc1b3f0968dd39c bb6dc91da77961bd bed65cf21aa2ee98 d0f2cbb02e3b67c7 93536795e3a33e88 a80c038ccd5ccec8
  b8ad50c6f649af94 bce192de8a85b8ea 17d835b85bbb15f3 2f2e6163076bcfad de4daaaca71dc9a5 a6a2506687956571
  ad87a3535c49ef28 32d892fad841c342 7127512f72f27cce a7f32346f95978e3 12e0b01abb051238 15e034d40fa197ae
  314dffbe0815a3b4 027990f029623981 cadcd4e59ef40c4d 9abfd8766a33735c 0e3ea96b5304a7d0 ad0c42d6fc585992
  187306c89bc215a9 d4a60abcf3792b95 f935451de4f21df2 a9538f0419755787 db9acddff56ca510 d06c98cd5c0975eb
  e612a3cb9ecba951 c766e62cfcadaf96 ee64435a9752fe72 a192d576b245165a 0a8787bf8ecb74b2 81b3e73d20b49b6f
  7fa8220ba3b2ecea 245731c13ca42499 b78dbfaf3a8d83bd ea1ad565322a1a0b 60e61c23a3795013 6606d7e446282b93
  6ca4ecb15c5f91e1 9f626da15c9625f3 e51b38608ef25f57 958a324ceb064572`);

// HalfSipHash-1-3, 32 bits: the self-test of Linux, lib/tests/siphash_kunit.c, for machines of 32 bits.
const HALF_VECTORS = words(`
  5814c896 e7e864ca bc4b0e30 01539939 7e059ea6 88e3d89b a0080b65 9d38d9d6 577999b1 c839caed e4fa32cf 959246ee
  6b28096c 66dd9cd6 16658a7c d0257b04 8b31d501 2b1cd04b 06712339 522aca67 911bb605 90a65f0e f826ef7b 62512deb
  57150ad7 5d473507 1ec47442 ab64afd3 0a4100d0 6d2ce652 2331b6a3 08d8791a bc6dda8d e0f6c934 b0652033 9b9851cc
  7c46fb7f 732ba8cb f142997a fcc9aa1b 05327eb2 e110131c f9e5e7c0 a7d708a6 11795ab1 65671619 9f5fff91 d89c5267
  007783eb 95766243 ab639262 9c7e1390 c368dda6 38ddc455 fa13d379 979ea4e8 53ecd77e 2ee80657 33dbb66a ae3f0577
  88b4c4cc 3e7f480b 74c1ebf8 87178304`);

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, "0");
}

test("createSipHash: the reference vectors, for every length of the last block", () => {
  const hash = createSipHash(ASCENDING.subarray(0, 16));
  const results = VECTORS.map((_, length) => {
    const out = new Uint8Array(8);
    hash(ASCENDING, length, out, 0);
    return Buffer.from(out.toReversed()).toString("hex");
  });
  expect(results).toEqual(VECTORS);
  expect(VECTORS).toHaveLength(64);
});

test("createSipHash writes 8 octets and no other", () => {
  const out = new Uint8Array(12).fill(0xaa);
  createSipHash(ASCENDING.subarray(0, 16))(ASCENDING, 0, out, 2);
  expect(Buffer.from(out).toString("hex")).toBe("aaaa310e0edd47db6f72aaaa");
});

const half = createHalfSipHash(0x03020100, 0x07060504);

test("createHalfSipHash: the reference vectors, wherever the octets start", () => {
  const moved = Uint8Array.from([0xff, ...ASCENDING]);
  const results = HALF_VECTORS.map((_, length) => hex(half.ofOctets(ASCENDING, 0, length)));
  expect(results).toEqual(HALF_VECTORS);
  expect(HALF_VECTORS.map((_, length) => hex(half.ofOctets(moved, 1, 1 + length)))).toEqual(results);
  expect(HALF_VECTORS).toHaveLength(64);
});

test("createHalfSipHash: words hash as their octets in little-endian order, whatever an earlier input left", () => {
  const input = Int32Array.of(0x03020100, 0x07060504, 0x0b0a0908, -1, -1);
  expect(hex(half.ofWords(input, 3))).toBe(HALF_VECTORS[12]);
  expect(hex(half.ofWords(input, 1))).toBe(HALF_VECTORS[4]);
});

test("createHalfSipHash: a name of 255 octets, whose every octet counts", () => {
  const name = new Uint8Array(255);
  const hashes = new Set([half.ofOctets(name, 0, 255)]);
  for (let at = 0; at < 255; at++) hashes.add(half.ofOctets(name.with(at, 1), 0, 255));
  expect(hashes.size).toBe(256);
});

test("createHalfSipHash: octets that end before they start are none, and cost no time", { timeout: 1000 }, () => {
  expect(half.ofOctets(ASCENDING, 200, 100) | 0).toBe(half.ofOctets(ASCENDING, 100, 0));
});

test("createHalfSipHash gives signed 32-bit integers, which need no memory of their own", () => {
  const hashes = Array.from({ length: 64 }, (_, length) => half.ofOctets(ASCENDING, 0, length));
  expect(hashes.map((hash) => hash | 0)).toEqual(hashes);
});
