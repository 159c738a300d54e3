import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createPingSockets } from "../../../src/health/probes/ping-socket.ts";
import { loadLibc, type Libc } from "../../../src/system/libc.ts";

const EACCES = 13;

const ofLibc = (load: () => Libc) => createPingSockets({ platform: "linux", arch: "x64", load });

/** Whether the sysctl has the group of this process; one of its other groups would do too. */
function isAllowed(): boolean {
  const [low = 1, high = 0] = readFileSync("/proc/sys/net/ipv4/ping_group_range", "utf8")
    .trim()
    .split(/\s+/)
    .map(Number);
  return [process.getgid!(), ...process.getgroups!()].some((group) => low <= group && group <= high);
}

describe("createPingSockets", () => {
  test("opens a socket where the sysctl allows it, and else says so", () => {
    const sockets = createPingSockets();
    const opened = sockets.open(4);
    if (opened.ok) loadLibc().close(opened.value);
    expect(opened.ok ? "opened" : opened.error).toBe(isAllowed() ? "opened" : "EACCES");
    expect(sockets.refusal()).toBe(isAllowed() ? undefined : "net.ipv4.ping_group_range has no group of this process");
  });

  test("closes what it opens to find out", () => {
    const open = new Set<number>();
    const sockets = ofLibc(() => ({
      ...loadLibc(),
      socket: () => (open.add(700), 700),
      setsockopt: () => 0,
      close: (fd) => (open.delete(fd), 0),
    }));
    expect(sockets.refusal()).toBeUndefined();
    expect(open).toEqual(new Set());
    expect(sockets.open(6)).toEqual({ ok: true, value: 700 });
    expect(open).toEqual(new Set([700]));
  });

  test("says why there are none", () => {
    const refused = ofLibc(() => ({ ...loadLibc(), socket: () => -1, errno: () => EACCES }));
    expect(refused.refusal()).toBe("net.ipv4.ping_group_range has no group of this process");
    const broken = ofLibc(() => {
      throw new Error("no such file\n  at line 1");
    });
    expect(broken.refusal()).toBe("koffi does not load: no such file");
    expect(broken.open(4)).toEqual({ ok: false, error: "koffi does not load: no such file" });
  });

  test.for<[platform: NodeJS.Platform, arch: NodeJS.Architecture, reason: string]>([
    ["darwin", "arm64", "ping sockets are not available on darwin"],
    ["linux", "riscv64", "ping sockets are not available on riscv64"],
  ])("does not even load koffi on %s %s", ([platform, arch, reason]) => {
    const load = (): never => expect.fail("loaded");
    expect(createPingSockets({ platform, arch, load }).refusal()).toBe(reason);
  });
});
