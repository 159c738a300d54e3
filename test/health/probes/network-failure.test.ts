import { describe, expect, test } from "vitest";
import { networkFailure } from "../../../src/health/probes/network-failure.ts";

const withCode = (code: string): Error => Object.assign(new Error("what the library says"), { code });

describe("networkFailure", () => {
  test.for([
    ["ECONNREFUSED", "refused"],
    ["ECONNRESET", "reset"],
    ["EHOSTUNREACH", "unreachable"],
    ["EMFILE", "not-probed"],
    ["ESOMETHING", "other"],
  ])("maps %s to %s", ([error, code]) => {
    expect(networkFailure(withCode(error!))).toMatchObject({ ok: false, code });
  });

  test("does not pass on the message, which may quote the other side", () => {
    expect(networkFailure(withCode("ESOMETHING")).reason).toBe("ESOMETHING");
  });

  test.for([
    ["the first", ["ECONNREFUSED", "ECONNRESET"], "refused"],
    ["one that comes from the host", ["ENETUNREACH", "ECONNREFUSED"], "refused"],
    ["one of this machine's", ["ECONNREFUSED", "EMFILE"], "not-probed"],
    ["the first where no address can be reached", ["ENETUNREACH", "EHOSTUNREACH"], "unreachable"],
  ] as const)("takes %s of several attempts", ([, codes, wanted]) => {
    expect(networkFailure(new AggregateError(codes.map(withCode))).code).toBe(wanted);
  });

  test.for([
    [new TypeError("x"), "TypeError"],
    [new AggregateError([]), "AggregateError"],
    [new DOMException("x", "AbortError"), "AbortError"],
    ["x", "unknown error"],
  ])("names an error without a code", ([error, reason]) => {
    expect(networkFailure(error)).toEqual({ ok: false, code: "other", reason });
  });
});
