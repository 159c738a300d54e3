/** DNSViz (https://github.com/dnsviz/dnsviz) follows the delegation, asks each nameserver, and finds no error of ours. */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { everyKindOfName, fullName } from "./every-kind-of-name.ts";
import { nameserverAddresses, startGeosteer } from "./scene/geosteer.ts";
import { has } from "./scene/has.ts";
import { startParent } from "./scene/parent.ts";
import { run, useScene } from "./scene/scene.ts";

/** Its codes that are not geosteer's fault. */
const EXCUSED: Readonly<Record<string, string>> = {
  NS_NAME_PRIVATE_IP: "the scene is on loopback",
  GLUE_PRIVATE_IP: "the same",
};

const NAMES = ["addresses", "host", "nested", "near", "mail", "any.wild", "of.empty", "elsewhere", "long", "missing"];

interface Problem {
  readonly code: string;
  readonly description: string;
  readonly where: string;
}

describe.runIf(has("dnsviz"))("dnsviz", () => {
  const cast = useScene(async (scene) => {
    const parent = await startParent(scene, nameserverAddresses(scene));
    const geosteer = await startGeosteer(scene, everyKindOfName(scene, parent.address));
    return { scene, parent, geosteer };
  });

  test("reports nothing that is ours", { timeout: 100_000 }, async () => {
    const { scene, parent, geosteer } = cast();
    const probe = path.join(scene.folder, "dnsviz.json");
    // -E: unknown EDNS versions, options and flags; -n: NSID.
    const servers = ["-4", "-A", "-b", scene.address(53, 41), "-x", `.:a.root=${parent.root}`];
    const queries = ["-E", "-n", "-R", "A,AAAA,CNAME,MX,NS,SOA,TXT"];
    const names = ["@", ...NAMES].map(fullName);
    const probed = await run("dnsviz", ["probe", "-d", "1", ...servers, ...queries, "-o", probe, ...names], 90_000);
    expect(probed).toEqual({ code: 0, stdout: "", stderr: "" });
    const { stdout } = await run("dnsviz", ["grok", "-P", "-l", "info", "-r", probe]);
    const report: unknown = JSON.parse(stdout);
    // It has looked at both nameservers, or it would have nothing to complain of.
    for (const nameserver of geosteer.nameservers) expect(stdout).toContain(`"${nameserver}"`);
    for (const name of NAMES) expect(report).toHaveProperty([fullName(name), "status"]);
    expect(problems(report, []).filter(({ code }) => !Object.hasOwn(EXCUSED, code))).toEqual([]);
  });
});

/** Its report is a tree, in which anything may have `errors` and `warnings`. */
function problems(node: unknown, where: readonly string[]): Problem[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    if (key !== "errors" && key !== "warnings") return problems(value, [...where, key]);
    const found = value as readonly Omit<Problem, "where">[];
    return found.map(({ code, description }) => ({ code, description, where: where.join(" > ") }));
  });
}
