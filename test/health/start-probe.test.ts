import { createServer } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { probes } from "../../src/health/probes/table.ts";
import { startProbe } from "../../src/health/start-probe.ts";
import { checkOf, httpMonitor, tcpMonitor } from "./fixtures/monitors.ts";
import { listen } from "./fixtures/servers.ts";

describe("startProbe", () => {
  test("measures with the clock that it is given", async () => {
    const clock = vi.fn<() => number>().mockReturnValueOnce(1000).mockReturnValueOnce(1012.5);
    const port = await listen(createServer());
    expect(await startProbe(probes, checkOf(port), tcpMonitor(), clock).outcome).toEqual({
      ok: true,
      durationMs: 12.5,
    });
  });

  test("takes the probe of the monitor's protocol", async () => {
    const asked: string[] = [];
    const noting = (protocol: string) => () => Promise.resolve({ ok: true as const, asked: asked.push(protocol) });
    const table = { http: noting("http"), https: noting("https"), tcp: noting("tcp"), dns: noting("dns") };
    await startProbe(table, checkOf(443), httpMonitor({ protocol: "https" }), Date.now).outcome;
    await startProbe(table, checkOf(22), tcpMonitor(), Date.now).outcome;
    expect(asked).toEqual(["https", "tcp"]);
  });

  test("does not fail an endpoint that answered while this thread was busy past the timeout", async () => {
    const port = await listen(createServer());
    const running = startProbe(probes, checkOf(port), tcpMonitor({ timeout: 50 }), Date.now);
    // One turn of the loop sends the connection request; the kernel accepts it while the thread is busy.
    await new Promise(setImmediate);
    for (const until = Date.now() + 120; Date.now() < until;);
    expect(await running.outcome).toMatchObject({ ok: true });
  });
});
