/** What Prometheus' own tool says of the metrics of a server that serves and probes. */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { everyKindOfName, fullName } from "./every-kind-of-name.ts";
import { fileOf } from "./scene/programs.ts";
import { startGeosteer } from "./scene/geosteer.ts";
import { has } from "./scene/has.ts";
import { run, useScene } from "./scene/scene.ts";

describe.runIf(has("promtool"))("promtool check metrics", () => {
  const cast = useScene(async (scene) => ({
    geosteer: await startGeosteer(scene, everyKindOfName(scene, scene.address(53, 2))),
  }));

  test("has nothing to say", async () => {
    const { geosteer } = cast();
    await run("dig", [`@${geosteer.address}`, fullName("near"), "A"]);
    const input = await (await fetch(`http://${geosteer.address}:8053/metrics`)).text();
    expect(input).toMatch(/^geosteer_queries_total\{.*\} [1-9]/m);
    // It exits with 3 where it has.
    expect(execFileSync(fileOf("promtool"), ["check", "metrics"], { input, encoding: "utf8", stdio: "pipe" })).toBe("");
  });
});
