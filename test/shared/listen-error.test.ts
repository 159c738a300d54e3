import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { LISTEN_ERROR_CODES, listenError } from "../../src/shared/listen-error.ts";

describe("listenError", () => {
  test.for([
    {
      errno: "EADDRINUSE",
      code: "port-in-use",
      message: "127.0.0.1:8053 TCP: the port is in use; stop the other server or change listen.http",
    },
    {
      errno: "EACCES",
      code: "port-privileged",
      message:
        "127.0.0.1:8053 TCP: this user may not use the port; grant CAP_NET_BIND_SERVICE or change listen.http to a port from 1024 up",
    },
    {
      errno: "EADDRNOTAVAIL",
      code: "address-not-available",
      message: "127.0.0.1:8053 TCP: this machine does not have the address; change listen.http to one that it has",
    },
    {
      errno: "EAFNOSUPPORT",
      code: "address-not-available",
      message: "127.0.0.1:8053 TCP: this machine does not have the address; change listen.http to one that it has",
    },
    {
      errno: "EMFILE",
      code: "listen-failed",
      message: "127.0.0.1:8053 TCP: listening failed with EMFILE; check listen.http",
    },
  ])("explains $errno as $code", ({ errno, code, message }) => {
    expect(listenError({ errno, address: "127.0.0.1:8053", protocol: "TCP", key: "listen.http" })).toEqual({
      code,
      message,
    });
  });

  test("names the address, the protocol and the key that it is given", () => {
    const { message } = listenError({ errno: "EADDRINUSE", address: "[::1]:53", protocol: "UDP", key: "listen.dns" });
    expect(message).toBe("[::1]:53 UDP: the port is in use; stop the other server or change listen.dns");
  });

  test("reaches every code", () => {
    const codes = ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "ENOTFOUND"].map(
      (errno) => listenError({ errno, address: "[::1]:53", protocol: "UDP", key: "listen.dns" }).code,
    );
    expect(codes).toEqual(LISTEN_ERROR_CODES);
  });

  test("knows what Node calls an address that the machine does not have", async () => {
    // RFC 5737: 192.0.2.0/24 is for documentation.
    const error = await new Promise<NodeJS.ErrnoException>((resolve) => {
      createServer().on("error", resolve).listen(0, "192.0.2.1");
    });
    const attempt = { errno: error.code!, address: "192.0.2.1:0", protocol: "TCP", key: "listen.dns" } as const;
    expect(listenError(attempt).code).toBe("address-not-available");
  });
});
