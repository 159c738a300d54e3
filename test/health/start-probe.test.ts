import { createServer } from "node:net";
import { describe, expect, test, vi } from "vitest";
import type { Monitor } from "../../src/health/monitoring.ts";
import type { Probe } from "../../src/health/probes/probe.ts";
import { probes } from "../../src/health/probes/table.ts";
import { startProbe, type ProbeDeps } from "../../src/health/start-probe.ts";
import { checkOf, httpMonitor, tableOf, tcpMonitor } from "./fixtures/monitors.ts";
import { hostLookup, runProbe } from "./fixtures/probe.ts";
import { listen, listenDns } from "./fixtures/servers.ts";
import { Packet } from "dns2";

const depsWith = (deps: Partial<ProbeDeps>): ProbeDeps => ({ probes, lookup: hostLookup(), clock: Date.now, ...deps });

describe("startProbe", () => {
  test("measures with the clock that it is given", async () => {
    const clock = vi.fn<() => number>().mockReturnValueOnce(1000).mockReturnValueOnce(1012.5);
    const port = await listen(createServer());
    expect(await startProbe(depsWith({ clock }), checkOf(port), tcpMonitor()).outcome).toEqual({
      ok: true,
      durationMs: 12.5,
    });
  });

  test("asks nobody where the name of the host does not exist", async () => {
    const resolver = await listenDns((reply) => void (reply.header.rcode = Packet.RCODE.NXDOMAIN));
    const lookup = hostLookup({ servers: [`127.0.0.1:${resolver}`] });
    const asked = vi.fn<() => Promise<{ ok: true }>>().mockResolvedValue({ ok: true });
    const deps = depsWith({ probes: tableOf(asked), lookup });
    const { outcome } = startProbe(deps, checkOf(80, { host: "gone.example" }), tcpMonitor());
    expect(await outcome).toMatchObject({ code: "name-not-found" });
    expect(asked).not.toHaveBeenCalled();
  });

  test.for(["exec", "push", "prometheus"] as const)(
    "looks no name up for %s, which does not ask the host",
    async (protocol) => {
      const find = vi.fn<ProbeDeps["lookup"]["find"]>();
      const asked = vi.fn<Probe>().mockResolvedValue({ ok: true });
      const check = checkOf(8080, { host: "gone.example", subject: "shop/fra" });
      const monitor = { ...tcpMonitor(), protocol } as unknown as Monitor;
      expect(
        await startProbe(depsWith({ probes: tableOf(asked), lookup: { find } }), check, monitor).outcome,
      ).toMatchObject({ ok: true });
      expect(find).not.toHaveBeenCalled();
      const host = { addresses: [], host: "gone.example", port: 8080, subject: "shop/fra" };
      expect(asked.mock.calls[0]![0]).toMatchObject(host);
    },
  );

  test("takes the probe of the monitor's protocol", async () => {
    const asked: string[] = [];
    const noting = (protocol: string) => () => Promise.resolve({ ok: true as const, asked: asked.push(protocol) });
    const table = { ...probes, http: noting("http"), https: noting("https"), tcp: noting("tcp"), dns: noting("dns") };
    const deps = depsWith({ probes: table });
    await startProbe(deps, checkOf(443), httpMonitor({ protocol: "https" })).outcome;
    await startProbe(deps, checkOf(22), tcpMonitor()).outcome;
    expect(asked).toEqual(["https", "tcp"]);
  });

  test("does not fail an endpoint that answered while this thread was busy past the timeout", async () => {
    const port = await listen(createServer());
    const running = runProbe(checkOf(port), tcpMonitor({ timeout: 50 }));
    // One turn of the loop sends the connection request; the kernel accepts it while the thread is busy.
    await new Promise(setImmediate);
    for (const until = Date.now() + 120; Date.now() < until;);
    expect(await running.outcome).toMatchObject({ ok: true });
  });
});
