import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createHostsFile, parseHosts } from "../../../src/health/lookup/hosts-file.ts";
import { silentLogger } from "../fixtures/probe.ts";

describe("parseHosts", () => {
  test("reads addresses and names, one address on several lines, comments and odd lines aside", () => {
    const text = `
# comment
127.0.0.1\tlocalhost
::1 localhost ip6-localhost # both
192.0.2.1  A.example. b.example\r
192.0.2.1 b.example
fe80::1%lo0 scoped
no-address c.example
192.0.2.2
`;
    expect([...parseHosts(text)]).toEqual([
      ["localhost", ["127.0.0.1", "::1"]],
      ["ip6-localhost", ["::1"]],
      ["a.example", ["192.0.2.1"]],
      ["b.example", ["192.0.2.1"]],
    ]);
  });

  test("reads as many addresses of one name as fit in a file within a moment", () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255} a\n`);
    const start = process.cpuUsage();
    expect(parseHosts(lines.join("")).get("a")).toHaveLength(50_000);
    // Microseconds of this process: other work on the machine does not count.
    expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
  });
});

function fileWith(text: string): string {
  const directory = mkdtempSync(path.join(tmpdir(), "geosteer-hosts-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = path.join(directory, "hosts");
  writeFileSync(file, text);
  return file;
}

describe("createHostsFile", () => {
  test("reads the file again when it has changed, looked at once a second", () => {
    const file = fileWith("192.0.2.1 a.example\n");
    let now = 0;
    const hosts = createHostsFile(file, { clock: () => now, logger: silentLogger });
    expect(hosts("a.example")).toEqual(["192.0.2.1"]);
    writeFileSync(file, "192.0.2.22 a.example\n");
    now = 999;
    expect(hosts("a.example")).toEqual(["192.0.2.1"]);
    now = 1000;
    expect(hosts("a.example")).toEqual(["192.0.2.22"]);
    rmSync(file);
    now = 2000;
    expect(hosts("a.example")).toBeUndefined();
  });

  test.for<[what: string, make: (file: string) => void]>([
    ["a FIFO", (file) => void execFileSync("mkfifo", [file])],
    ["a folder", (file) => void execFileSync("mkdir", [file])],
    ["a file of two megabytes", (file) => writeFileSync(file, "192.0.2.1 a.example\n".repeat(100_000))],
  ])("does not use %s, and says so once", ([, make]) => {
    const file = fileWith("");
    rmSync(file);
    make(file);
    const warnings: string[] = [];
    let now = 0;
    const logger = { ...silentLogger, warn: (_fields: object, message: string) => void warnings.push(message) };
    const hosts = createHostsFile(file, { clock: () => now, logger });
    expect(hosts("a.example")).toBeUndefined();
    now = 5000;
    expect(hosts("a.example")).toBeUndefined();
    expect(warnings).toHaveLength(1);
  });

  test("has no names where there is no file", () => {
    const hosts = createHostsFile("/nowhere/hosts", { clock: () => 0, logger: silentLogger });
    expect(hosts("localhost")).toBeUndefined();
  });
});
