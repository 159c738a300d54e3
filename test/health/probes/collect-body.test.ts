import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { collectBody, type CollectedBody } from "../../../src/health/probes/collect-body.ts";

function collecting(coding: string | undefined, atMost: number) {
  const found: CollectedBody[] = [];
  const collector = collectBody(coding, { atMost, createIsEnough: () => () => false }, (body) => found.push(body));
  return { collector, found };
}

const textOf = (body: CollectedBody | undefined): unknown =>
  body === undefined || body === "undecodable"
    ? body
    : { text: Buffer.from(body.octets).toString("latin1"), isWhole: body.isWhole };

describe("collectBody", () => {
  test.for([
    { parts: [], atMost: 8, wanted: { text: "", isWhole: true } },
    { parts: ["ab", "c"], atMost: 8, wanted: { text: "abc", isWhole: true } },
    { parts: ["abcd", "efgh"], atMost: 8, wanted: { text: "abcdefgh", isWhole: true } },
    { parts: ["abcd", "efghi"], atMost: 8, wanted: { text: "abcdefgh", isWhole: false } },
    {
      parts: ["x".repeat(5000), "y".repeat(5000)],
      atMost: 9000,
      wanted: { text: `${"x".repeat(5000)}${"y".repeat(4000)}`, isWhole: false },
    },
  ])("has what has come of $parts.length parts, $atMost octets at most", ({ parts, atMost, wanted }) => {
    const { collector, found } = collecting(undefined, atMost);
    for (const part of parts) collector.write(Buffer.from(part));
    collector.end();
    expect(found.map(textOf)).toEqual([wanted]);
  });

  // A million chunks of one octet each would be a million objects, with all the packets that they came in.
  test("keeps nothing of the memory that parts come in", () => {
    const { collector, found } = collecting(undefined, 100);
    const packet = Buffer.from("once");
    collector.write(packet);
    packet.fill("x");
    collector.end();
    expect(found.map(textOf)).toEqual([{ text: "once", isWhole: true }]);
  });

  test("reads a compressed body to its bound", async () => {
    const octets = gzipSync("z".repeat(100_000));
    const { promise, resolve } = Promise.withResolvers<CollectedBody>();
    const collector = collectBody("gzip", { atMost: 6000, createIsEnough: () => () => false }, resolve);
    collector.write(octets);
    collector.end();
    expect(textOf(await promise)).toEqual({ text: "z".repeat(6000), isWhole: false });
  });
});
