import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ListenAddress } from "../../../../src/shared/server-settings.ts";
import { loadLibc, type Libc } from "../../../../src/system/libc.ts";
import { createMessageSlots } from "../../../../src/server/transports/udp-batch/message-slots.ts";
import { openBatchSocket, refuseNewcomers } from "../../../../src/server/transports/udp-batch/socket.ts";

const EMFILE = 24;
const MSG_DONTWAIT = 0x40;

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

  test("tells how much it may receive: twice what it has asked for, as the kernel counts", () => {
    const { libc } = watchedLibc();
    const socket = openBatchSocket(libc, { host: "127.0.0.1", port: 0 }, { shared: false });
    expect(socket).toMatchObject({ ok: true, value: { receiveBuffer: 2 * 1024 * 1024 } });
  });

  test("takes the same port of either family", () => {
    const { libc } = watchedLibc();
    const { port } = opened(libc, { host: "0.0.0.0", port: 0 });
    expect(opened(libc, { host: "::", port })).toEqual({ host: "::", port });
  });

  test.for<[what: string, replaced: Partial<Libc>]>([
    ["set", { setsockopt: () => -1, errno: () => EMFILE }],
    ["asked for its buffer", { getsockopt: () => -1, errno: () => EMFILE }],
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

describe("refuseNewcomers", () => {
  test.for([
    ["127.0.0.1", "127.0.0.1"],
    ["0.0.0.0", "127.0.0.2"],
    ["::1", "::1"],
    ["::", "::1"],
  ] as const)(
    "on %s: what has come to %s can be read, and who comes later is refused by ICMP",
    async ([host, asked]) => {
      const { libc } = watchedLibc();
      const socket = openBatchSocket(libc, { host, port: 0 }, { shared: true });
      if (!socket.ok) throw new Error(socket.error.message);
      const { fd, address } = socket.value;
      const client = createSocket(asked.includes(":") ? "udp6" : "udp4");
      onTestFinished(() => void client.close());
      const refused: string[] = [];
      client.on("error", ({ message }) => refused.push(message));
      client.connect(address.port, asked);
      await once(client, "connect");
      client.send("early");
      await delay(20);
      refuseNewcomers(libc, fd);
      client.send("late");
      await expect.poll(() => refused).toHaveLength(1);
      expect(refused).toEqual([expect.stringContaining("ECONNREFUSED")]);
      const slots = createMessageSlots(libc, { withControl: false });
      slots.reset(2);
      expect(libc.recvmmsg(fd, slots.received, 2, MSG_DONTWAIT, null)).toBe(1);
      expect(slots.packetLength(0)).toBe("early".length);
    },
  );
});
