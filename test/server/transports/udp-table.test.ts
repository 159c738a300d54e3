import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { describe, expect, onTestFinished, test } from "vitest";
import { createKernelDrops, socketsIn, udpSocketsAt } from "../../../src/server/transports/udp-table.ts";
import { freePort } from "../../support/free-port.ts";

/** As the kernel writes them: proc_pid_net(5). */
const UDP = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  123: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1001 2 0000000000000000 7
  123: 0100007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1002 2 0000000000000000 0
  123: 0100007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   101        0 1003 2 0000000000000000 4294967295
  123: 0100007F:0035 0200007F:C000 01 00000000:00000000 00:00000000 00000000     0        0 1004 2 0000000000000000 5
  124: 0100007F:1035 0100007F:0035 01 00000000:00000000 00:00000000 00000000     0        0 1005 2 0000000000000000 6
`;
const UDP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  123: B80D0120000000000000000001000000:0035 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 2001 2 0000000000000000 3
`;

describe("socketsIn", () => {
  test.for<[host: string, table: string, rows: readonly object[]]>([
    ["0.0.0.0", UDP, [{ inode: "1001", drops: 7 }]],
    [
      "127.0.0.1",
      UDP,
      [
        { inode: "1002", drops: 0 },
        { inode: "1003", drops: 4_294_967_295 },
      ],
    ],
    ["127.0.0.2", UDP, []],
    ["2001:db8::1", UDP6, [{ inode: "2001", drops: 3 }]],
    ["::", UDP6, []],
    ["127.0.0.1", "", []],
  ])("finds those of %s port 53 that have no peer", ([host, table, rows]) => {
    expect(socketsIn(table, { host, port: 53 })).toEqual(rows);
  });
});

async function bound(host: string, port: number, options: object = {}): Promise<Socket> {
  const socket = createSocket({ type: host.includes(":") ? "udp6" : "udp4", ...options });
  onTestFinished(() => void socket.close());
  socket.bind(port, host);
  await once(socket, "listening");
  return socket;
}

describe("udpSocketsAt", () => {
  test.for(["127.0.0.1", "0.0.0.0", "::1"])("finds every socket at %s on this machine", async (host) => {
    const port = await freePort();
    expect(await udpSocketsAt({ host, port })).toEqual([]);
    for (const _ of [1, 2]) await bound(host, port, { reusePort: true });
    expect(await udpSocketsAt({ host, port })).toEqual([
      { inode: expect.stringMatching(/^\d+$/), drops: 0 },
      { inode: expect.stringMatching(/^\d+$/), drops: 0 },
    ]);
  });

  test("tells what the kernel has dropped", async () => {
    const port = await freePort();
    const socket = await bound("127.0.0.1", port);
    socket.setRecvBufferSize(1);
    const sender = await bound("127.0.0.1", 0);
    // Both in one turn: nothing is read meanwhile.
    const packet = new Uint8Array(1000);
    for (let i = 0; i < 20; i++) sender.send(packet, port, "127.0.0.1");
    await expect.poll(async () => (await udpSocketsAt({ host: "127.0.0.1", port }))?.[0]?.drops).toBeGreaterThan(0);
  });
});

describe("KernelDrops", () => {
  const address = { host: "127.0.0.1", port: 53 };

  test("sums all sockets, never falls when one is gone, and counts none twice that comes back", async () => {
    const rounds = [
      [{ inode: "1", drops: 5 }],
      [
        { inode: "1", drops: 7 },
        { inode: "2", drops: 1 },
      ],
      [{ inode: "2", drops: 1 }],
      [],
      [{ inode: "2", drops: 4 }],
      [{ inode: "2", drops: 3 }],
    ];
    const drops = createKernelDrops(() => Promise.resolve(rounds.shift()!));
    const totals: unknown[] = [];
    while (rounds.length > 0) totals.push(await drops.read([address]));
    // The last is another socket with the number of one that is gone.
    expect(totals).toEqual([5, 8, 8, 8, 11, 14]);
  });

  test("reads once for all who ask at a time", async () => {
    let reads = 0;
    const drops = createKernelDrops(() => Promise.resolve([{ inode: "1", drops: ++reads }]));
    expect(await Promise.all([drops.read([address]), drops.read([address])])).toEqual([1, 1]);
    expect(await drops.read([address])).toBe(2);
  });

  test("knows nothing where the system tells nothing", async () => {
    const drops = createKernelDrops(() => Promise.resolve(undefined));
    expect(await drops.read([address])).toBeUndefined();
  });
});
