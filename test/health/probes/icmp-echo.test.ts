import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { echoRequest, isEchoReply, NONCE_OCTETS, type Family } from "../../../src/health/probes/icmp-echo.ts";

const nonce = Buffer.from("0123456789abcdef");
const REPLY = { 4: 0, 6: 129 };

/** As the other side makes it: another type, and identifier and checksum are the kernels'. */
function replyTo(request: Buffer, family: Family): Buffer {
  const reply = Buffer.from(request);
  reply[0] = REPLY[family];
  reply.writeUInt32BE(0xbeefcafe, 2);
  return reply;
}

describe.for([4, 6] as const)("for IPv%i", (family) => {
  const request = echoRequest(family, nonce);

  test("echoRequest: type, code, room for the kernel, sequence, octets", () => {
    expect(nonce).toHaveLength(NONCE_OCTETS);
    expect([...request]).toEqual([family === 4 ? 8 : 128, 0, 0, 0, 0, 0, 0, 1, ...nonce]);
  });

  test("isEchoReply: takes the reply, whatever identifier and checksum are", () => {
    expect(isEchoReply(request, replyTo(request, family))).toBe(true);
  });

  test.for<[what: string, message: Buffer]>([
    ["the request itself", request],
    ["the reply of the other family", replyTo(request, family === 4 ? 6 : 4)],
    ["a reply to another probe", replyTo(echoRequest(family, Buffer.from("fedcba9876543210")), family)],
    ["a reply that is cut short", replyTo(request, family).subarray(0, -1)],
    ["a longer one", Buffer.concat([replyTo(request, family), Buffer.alloc(1)])],
    ["nothing", Buffer.alloc(0)],
  ])("isEchoReply: takes no %s", ([, message]) => {
    expect(isEchoReply(request, message)).toBe(false);
  });

  test("isEchoReply: takes none that differs, but in identifier and checksum", () => {
    fc.assert(
      fc.property(fc.nat({ max: request.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const reply = replyTo(request, family);
        reply[at]! ^= difference;
        expect(isEchoReply(request, reply)).toBe(at >= 2 && at < 6);
      }),
    );
  });
});
