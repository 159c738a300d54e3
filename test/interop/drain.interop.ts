/** A site is drained under load: dnsperf loses no query, and the site's share falls as it was drawn. */
import { execFile } from "node:child_process";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { startGeosteer } from "./scene/geosteer.ts";
import { has } from "./scene/has.ts";
import { run, useScene } from "./scene/scene.ts";

/** Queries a second, and seconds of the drain; the load begins before it and ends after it. */
const RATE = 20_000;
const OVER = 12;

const SITE = "192.0.2.1";

const CONFIGURATION = `
zones: { gtm.example.com: { nameservers: [ns1.example.net] } }
sites: { munich: { location: [48.14, 11.58] } }
profiles:
  shop:
    names: [shop.gtm.example.com]
    method: weighted
    endpoints:
      munich: { address: ${SITE}, site: munich, weight: 3 }
      spare: { address: 192.0.2.2 }
`;

describe.runIf(has("dnsperf", "dig"))("a drain under load", () => {
  const cast = useScene(async (scene) => {
    const geosteer = await startGeosteer(scene, CONFIGURATION);
    const queryFile = await scene.write("queries", "shop.gtm.example.com A\n");
    return { scene, geosteer, queryFile, config: path.join(path.dirname(queryFile), "geosteer.yaml") };
  });

  test("loses no query, and the site's share falls in a line to nothing", { timeout: 120_000 }, async () => {
    const { geosteer, queryFile, config } = cast();
    const command = (...args: readonly string[]) =>
      promisify(execFile)(process.execPath, [path.resolve("src/cli/main.ts"), ...args, "--config", config]);
    const share = async (): Promise<number> => {
      const { stdout } = await command(
        "explain",
        "--live",
        "shop.gtm.example.com",
        "--client",
        "198.51.100.1",
        "--json",
      );
      const { outcomes } = JSON.parse(stdout) as { outcomes: { probability: number; answer: { data: string[] } }[] };
      return outcomes.find(({ answer }) => answer.data.includes(SITE))?.probability ?? 0;
    };

    // Of a try before.
    await command("override", "clear", "site:munich").catch(() => {});
    const load = run(
      "dnsperf",
      ["-s", geosteer.address, "-d", queryFile, "-l", String(OVER + 11), "-Q", String(RATE), "-c", "8", "-t", "5"],
      60_000,
    );
    await delay(2000);
    expect(await share()).toBe(0.75);
    await command("drain", "site:munich", "--over", `${OVER}s`);
    const began = performance.now();
    const seen: { readonly at: number; readonly share: number }[] = [];
    while (performance.now() - began < (OVER + 2) * 1000) {
      const found = await share();
      seen.push({ at: (performance.now() - began) / 1000, share: found });
      await delay(500);
    }
    // It was asked for before it was read: the true one lies between two readings.
    for (const [i, { share: found }] of seen.entries()) {
      const drawn = (at: number): number => 0.75 * Math.max(0, 1 - at / OVER);
      expect(found).toBeLessThanOrEqual(drawn(seen[i - 1]?.at ?? -3) + 0.05);
      expect(found).toBeGreaterThanOrEqual(drawn(seen[i]!.at) - 0.05);
    }
    expect(seen.at(-1)!.share).toBe(0);
    const { stdout } = await load;
    const count = (label: string): number => Number(new RegExp(`^\\s*${label}:\\s+(\\d+)`, "m").exec(stdout)?.[1]);
    expect(count("Queries lost")).toBe(0);
    expect(count("Queries sent")).toBeGreaterThan((RATE * OVER) / 2);
    expect(stdout).toMatch(/NOERROR \d+ \(100\.00%\)/);
  });
});
