import { describe, expect, onTestFinished, test } from "vitest";
import type { ListenAddress } from "../../../../src/shared/server-settings.ts";
import { loadLibc, type Libc } from "../../../../src/server/transports/udp-batch/libc.ts";
import { openBatchSocket } from "../../../../src/server/transports/udp-batch/socket.ts";

const EMFILE = 24;

interface WatchedLibc {
  readonly libc: Libc;
  /** Descriptors that are open. */
  readonly open: ReadonlySet<number>;
}

/** The real one, with some functions replaced. Closes what a test has left open. */
function watchedLibc(replaced: Partial<Libc> = {}): WatchedLibc {
  const real = loadLibc();
  const open = new Set<number>();
  const libc: Libc = {
    ...real,
    socket(...args) {
      const fd = real.socket(...args);
      open.add(fd);
      return fd;
    },
    close(fd) {
      open.delete(fd);
      return real.close(fd);
    },
    ...replaced,
  };
  onTestFinished(() => open.forEach((fd) => real.close(fd)));
  return { libc, open };
}

function opened(libc: Libc, at: ListenAddress, shared = false): ListenAddress {
  const socket = openBatchSocket(libc, at, { shared });
  if (!socket.ok) throw new Error(socket.error.message);
  return socket.value.address;
}

describe("openBatchSocket", () => {
  test.for(["127.0.0.1", "::1"])("tells the port that it has got on %s", (host) => {
    const { libc, open } = watchedLibc();
    expect(opened(libc, { host, port: 0 })).toEqual({ host, port: expect.any(Number) });
    expect(open.size).toBe(1);
  });

  test("has its address alone, unless it is to share it", () => {
    const { libc } = watchedLibc();
    const alone = opened(libc, { host: "127.0.0.1", port: 0 });
    for (const shared of [false, true]) {
      expect(openBatchSocket(libc, alone, { shared })).toMatchObject({ ok: false, error: { code: "port-in-use" } });
    }
    const together = opened(libc, { host: "127.0.0.1", port: 0 }, true);
    expect(opened(libc, together, true)).toEqual(together);
    expect(openBatchSocket(libc, together, { shared: false })).toMatchObject({ ok: false });
  });

  test("takes the same port of either family", () => {
    const { libc } = watchedLibc();
    const { port } = opened(libc, { host: "0.0.0.0", port: 0 });
    expect(opened(libc, { host: "::", port })).toEqual({ host: "::", port });
  });

  test.for<[what: string, replaced: Partial<Libc>]>([
    ["set", { setsockopt: () => -1, errno: () => EMFILE }],
    ["bound", { bind: () => -1, errno: () => EMFILE }],
    ["asked for its port", { getsockname: () => -1, errno: () => EMFILE }],
  ])("closes one that cannot be %s", ([, replaced]) => {
    const { libc, open } = watchedLibc(replaced);
    const socket = openBatchSocket(libc, { host: "127.0.0.1", port: 0 }, { shared: false });
    expect(socket).toMatchObject({ ok: false, error: { message: expect.stringContaining("EMFILE") } });
    expect(open.size).toBe(0);
  });

  test("does nothing with one that the system does not give", () => {
    const refuse = (): never => {
      throw new Error("called");
    };
    const { libc } = watchedLibc({ socket: () => -1, errno: () => EMFILE, setsockopt: refuse, close: refuse });
    const socket = openBatchSocket(libc, { host: "127.0.0.1", port: 0 }, { shared: false });
    expect(socket).toMatchObject({ ok: false, error: { message: expect.stringContaining("EMFILE") } });
  });
});
