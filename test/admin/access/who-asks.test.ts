import { describe, expect, test } from "vitest";
import { callerOf, isOpenFor } from "../../../src/admin/access/who-asks.ts";

const LOOPBACK = { kind: "network", host: "127.0.0.1" } as const;

test.for<[host: string, peer: string, isOpen: boolean]>([
  ["127.0.0.1", "127.0.0.1", true],
  ["127.0.0.1", "127.0.0.9", true],
  ["::1", "::1", true],
  // What is listened on from outside may stand behind anything.
  ["0.0.0.0", "127.0.0.1", false],
  ["::", "::1", false],
  ["::", "::ffff:127.0.0.1", false],
  ["192.0.2.1", "127.0.0.1", false],
  ["127.0.0.1", "192.0.2.1", false],
  ["0.0.0.0", "192.0.2.1", false],
])("isOpenFor: listening on %s, asked by %s: %s", ([host, peer, isOpen]) => {
  expect(isOpenFor({ kind: "network", host }, peer, {})).toBe(isOpen);
});

test.for(["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"])(
  "isOpenFor: with %s somebody else is asking through a proxy",
  (header) => {
    expect(isOpenFor(LOOPBACK, "127.0.0.1", { [header]: "" })).toBe(false);
  },
);

describe("callerOf", () => {
  const known = { name: "alice", role: "operate" } as const;
  const tokens = { find: (token: string) => (token === "abc.~+/-_=" ? known : undefined) };
  const ask = (authorization: string | undefined, peer = "127.0.0.1") =>
    callerOf(LOOPBACK, tokens, peer, authorization === undefined ? {} : { authorization });

  test.for(["Bearer abc.~+/-_=", "bearer abc.~+/-_=", "BEARER   abc.~+/-_="])("%s is its token", (authorization) => {
    expect(ask(authorization, "192.0.2.1")).toEqual({ actor: { name: "alice", from: "192.0.2.1" }, role: "operate" });
  });

  test.for(["", "Bearer", "Bearer ", "abc.~+/-_=", "Basic abc.~+/-_=", "Bearer x", "Bearer abc.~+/-_= x", "Bearer  "])(
    "%j is a wrong token, on loopback too",
    (authorization) => {
      expect(ask(authorization)).toBe("wrong-token");
    },
  );

  test("without a token anybody of this machine reads, and nobody else", () => {
    expect(ask(undefined)).toEqual({ actor: { name: "no token", from: "127.0.0.1" }, role: "read" });
    expect(ask(undefined, "192.0.2.1")).toBe("no-token");
  });

  test("where no tokens are known each is wrong", () => {
    expect(callerOf(LOOPBACK, undefined, "127.0.0.1", { authorization: "Bearer abc" })).toBe("wrong-token");
  });
});
