import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import type { ProbeOutcome } from "../../../src/health/probes/probe.ts";
import { probes } from "../../../src/health/probes/table.ts";
import { startProbe } from "../../../src/health/start-probe.ts";
import type { EndpointCheck, TcpMonitor } from "../../../src/routing/snapshot.ts";
import { checkOf, tcpMonitor } from "../fixtures/monitors.ts";
import { closedTcpPort, listen } from "../fixtures/servers.ts";

function probe(check: EndpointCheck, monitor: TcpMonitor = tcpMonitor()): Promise<ProbeOutcome> {
  return startProbe(probes, check, monitor, Date.now).outcome;
}

describe("tcpProbe", () => {
  test.for(["127.0.0.1", "::1"])("succeeds where %s accepts, and closes the connection", async (host) => {
    const server = createServer();
    const port = await listen(server, host);
    const accepted = once(server, "connection");
    expect(await probe(checkOf(port, { host }))).toMatchObject({ ok: true });
    const [socket] = await accepted;
    await once(socket.resume(), "close");
  });

  test("fails on a closed port", async () => {
    expect(await probe(checkOf(await closedTcpPort()))).toMatchObject({ code: "refused" });
  });

  test("tries all addresses of a name and tells the failure of the last", async () => {
    expect(await probe(checkOf(await closedTcpPort(), { host: "localhost" }))).toMatchObject({ code: "refused" });
  });
});
