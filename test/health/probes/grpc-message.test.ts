import { assert, oneof, property, uint8Array } from "fast-check";
import { describe, expect, test } from "vitest";
import { healthRequest, readHealthResponse } from "../../../src/health/probes/grpc-message.ts";

const framed = (message: readonly number[]): Buffer => Buffer.from([0, 0, 0, 0, message.length, ...message]);

describe("healthRequest", () => {
  test.for<[service: string, octets: readonly number[]]>([
    ["", [0, 0, 0, 0, 0]],
    ["shop", [0, 0, 0, 0, 6, 0x0a, 4, 0x73, 0x68, 0x6f, 0x70]],
    ["ü", [0, 0, 0, 0, 4, 0x0a, 2, 0xc3, 0xbc]],
  ])("of %j", ([service, octets]) => {
    expect([...healthRequest(service)]).toEqual(octets);
  });

  test("has the length of a long name in two octets", () => {
    const request = healthRequest("x".repeat(300));
    expect([...request.subarray(0, 8)]).toEqual([0, 0, 0, 1, 0x2f, 0x0a, 0xac, 0x02]);
    expect(request).toHaveLength(5 + 303);
  });
});

describe("readHealthResponse", () => {
  test.for<[what: string, message: readonly number[], status: string | undefined]>([
    ["the default", [], "UNKNOWN"],
    ["status 0", [0x08, 0], "UNKNOWN"],
    ["status 1", [0x08, 1], "SERVING"],
    ["status 2", [0x08, 2], "NOT_SERVING"],
    ["status 3", [0x08, 3], "SERVICE_UNKNOWN"],
    ["a status that nobody knows", [0x08, 4], undefined],
    ["a status in more octets than it needs", [0x08, 0x81, 0], "SERVING"],
    ["two: the last counts", [0x08, 1, 0x08, 2], "NOT_SERVING"],
    ["a text before it", [0x12, 2, 0x61, 0x62, 0x08, 1], "SERVING"],
    ["numbers of 32 and 64 bits before it", [0x1d, 1, 2, 3, 4, 0x21, 1, 2, 3, 4, 5, 6, 7, 8, 0x08, 1], "SERVING"],
    ["a key without a value", [0x08], undefined],
    ["a text that is cut off", [0x12, 9, 0x61], undefined],
    ["a number that never ends", [0x08, ...Array<number>(12).fill(0xff)], undefined],
    ["a group, which is of no use", [0x0b], undefined],
  ])("of %s", ([, message, status]) => {
    expect(readHealthResponse(framed(message))).toBe(status);
  });

  test.for<[what: string, octets: readonly number[]]>([
    ["nothing", []],
    ["half a head", [0, 0, 0]],
    ["a message that is compressed", [1, 0, 0, 0, 2, 0x08, 1]],
    ["less than its length says", [0, 0, 0, 0, 3, 0x08, 1]],
    ["two messages", [0, 0, 0, 0, 2, 0x08, 1, 0, 0, 0, 0, 2, 0x08, 1]],
  ])("takes %s for none", ([, octets]) => {
    expect(readHealthResponse(Buffer.from(octets))).toBeUndefined();
  });

  test("reads any octets without a fault", () => {
    const octets = oneof(
      uint8Array({ maxLength: 64 }),
      uint8Array({ maxLength: 64 }).map((message) => framed([...message])),
    );
    assert(
      property(octets, (bytes) => {
        expect(["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN", undefined]).toContain(
          readHealthResponse(Buffer.from(bytes)),
        );
      }),
    );
  });
});
