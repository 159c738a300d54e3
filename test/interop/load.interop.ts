/** dnsperf over UDP and TCP: every query is answered, and as it should be. Not how fast: test/bench measures that. */
import { describe, expect, test } from "vitest";
import { everyKindOfName, fullName } from "./every-kind-of-name.ts";
import { startGeosteer } from "./scene/geosteer.ts";
import { has } from "./scene/has.ts";
import { run, useScene } from "./scene/scene.ts";

const QUERIES = [
  ["addresses", "A"],
  ["addresses", "AAAA"],
  ["host", "A"],
  ["weighted", "A"],
  ["near", "A"],
  ["any.wild", "TXT"],
  ["mail", "MX"],
  ["missing", "A"],
] as const;

/** Queries a second: what a small machine that runs other tests at the same time can send and answer. */
const RATE = 2000;
const SECONDS = 3;

describe.runIf(has("dnsperf"))("dnsperf", () => {
  const cast = useScene(async (scene) => {
    const geosteer = await startGeosteer(scene, everyKindOfName(scene, scene.address(53, 2)));
    const lines = QUERIES.map(([name, type]) => `${fullName(name)} ${type}\n`);
    return { scene, geosteer, queryFile: await scene.write("queries", lines.join("")) };
  });

  test.for([
    ["udp", ["-m", "udp", "-c", "4"]],
    ["udp with EDNS", ["-m", "udp", "-c", "4", "-e"]],
    ["tcp, one connection", ["-m", "tcp", "-c", "1", "-T", "1"]],
    ["tcp, 50 connections", ["-m", "tcp", "-c", "50", "-T", "2"]],
  ] as const)("%s: no query is lost, and no other RCODE is seen", async ([transport, args]) => {
    const { geosteer, queryFile } = cast();
    const counted = { transport: transport.slice(0, 3) };
    const before = await geosteer.queries(counted);
    const load = ["-l", String(SECONDS), "-Q", String(RATE), "-t", "5", ...args];
    const { stdout, stderr } = await run("dnsperf", ["-s", geosteer.address, "-d", queryFile, ...load]);
    const count = (label: string): number => Number(new RegExp(`^\\s*${label}:\\s+(\\d+)`, "m").exec(stdout)?.[1]);
    expect(count("Queries lost")).toBe(0);
    expect(count("Queries completed")).toBe(count("Queries sent"));
    expect(count("Queries sent")).toBeGreaterThan((RATE * SECONDS) / 2);
    // Response codes: NOERROR 5250 (87.50%), NXDOMAIN 750 (12.50%)
    const codes = [...(/^\s*Response codes:(.*)$/m.exec(stdout)?.[1]?.matchAll(/([A-Z]+) \d+ \(/g) ?? [])];
    expect(codes.map(([, code]) => code)).toEqual(["NOERROR", "NXDOMAIN"]);
    expect(stderr).toBe("");
    // geosteer counts each of them once.
    expect((await geosteer.queries(counted)) - before).toBe(count("Queries sent"));
  });
});
