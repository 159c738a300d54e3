/** The alert rules of docs/prometheus, as Prometheus itself reads and tries them. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { fileOf, lackOf } from "./scene/programs.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../docs/prometheus");

const lack = lackOf(["promtool"]);
if (lack !== undefined) {
  if (process.env["CI"]) throw new Error(`NOT TESTED with promtool: ${lack}`);
  process.stderr.write(`NOT TESTED with promtool: ${lack}\n`);
}

function promtool(...args: readonly string[]): string {
  return execFileSync(fileOf("promtool"), args, { cwd: FOLDER, encoding: "utf8" });
}

describe.runIf(lack === undefined)("promtool", () => {
  test("reads the rules", () => {
    expect(promtool("check", "rules", "alerts.yaml")).toMatch(/SUCCESS: \d+ rules found/);
  });

  test("each alert fires when it should, and not before", () => {
    expect(promtool("test", "rules", "alerts.test.yaml")).toMatch(/SUCCESS/);
  });
});
