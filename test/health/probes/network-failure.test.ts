import { describe, expect, test } from "vitest";
import { networkFailure } from "../../../src/health/probes/network-failure.ts";

const withCode = (code: string): Error => Object.assign(new Error("what the library says"), { code });

describe("networkFailure", () => {
  test.for([
    ["ECONNREFUSED", "refused"],
    ["ECONNRESET", "reset"],
    ["EHOSTUNREACH", "unreachable"],
    ["ENOTFOUND", "name-not-found"],
    ["EMFILE", "not-probed"],
    ["ESOMETHING", "other"],
  ])("maps %s to %s", ([error, code]) => {
    expect(networkFailure(withCode(error!))).toMatchObject({ ok: false, code });
  });

  test("takes all codes of the HTTP parser for one", () => {
    const error = Object.assign(withCode("HPE_INVALID_CONSTANT"), { name: "HTTPParserError" });
    expect(networkFailure(error)).toMatchObject({ code: "protocol", reason: "not an HTTP response" });
  });

  test("does not pass on the message, which may quote the other side", () => {
    expect(networkFailure(withCode("ESOMETHING")).reason).toBe("ESOMETHING");
  });

  test("takes the last of several attempts", () => {
    const attempts = new AggregateError([withCode("ENETUNREACH"), withCode("ECONNREFUSED")]);
    expect(networkFailure(attempts).code).toBe("refused");
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
