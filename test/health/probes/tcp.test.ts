import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { checkOf, tcpMonitor } from "../fixtures/monitors.ts";
import { probe } from "../fixtures/probe.ts";
import { closedTcpPort, listen } from "../fixtures/servers.ts";

describe("tcpProbe", () => {
  test.for(["127.0.0.1", "::1"])("succeeds where %s accepts, and closes the connection", async (host) => {
    const server = createServer();
    const port = await listen(server, host);
    const accepted = once(server, "connection");
    expect(await probe(checkOf(port, { host }), tcpMonitor())).toMatchObject({ ok: true });
    const [socket] = await accepted;
    await once(socket.resume(), "close");
  });

  test("fails on a closed port", async () => {
    expect(await probe(checkOf(await closedTcpPort()), tcpMonitor())).toMatchObject({ code: "refused" });
  });

  test.for(["127.0.0.1", "::1"])("tries all addresses of a name: only %s accepts", async (address) => {
    const port = await listen(createServer(), address);
    expect(await probe(checkOf(port, { host: "both.localhost" }), tcpMonitor())).toMatchObject({ ok: true });
  });

  test("tells the failure of the first where all addresses fail", async () => {
    expect(await probe(checkOf(await closedTcpPort(), { host: "both.localhost" }), tcpMonitor())).toMatchObject({
      code: "refused",
    });
  });
});
