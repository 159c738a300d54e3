/**
 * UDP through `node:dgram`: works wherever Node does, at one system call per datagram each way. On a wildcard address
 * the kernel chooses the address that an answer leaves from; bind single addresses where a host has several.
 */
import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { err, ok } from "../../shared/result.ts";
import type { ListenAddress } from "../../shared/server-settings.ts";
import type { Counters } from "../../telemetry/counters.ts";
import { UDP } from "../answer/traits.ts";
import { textPeer } from "./text-peer.ts";
import { bindError, type CurrentAnswerer, type Listener } from "./listener.ts";

/** Octets to receive in. The kernel's default of 208 KiB holds about 270 datagrams, less than a burst of resolvers. */
const RECEIVE_BUFFER = 1024 * 1024;
/** Milliseconds without a datagram after which nothing received is left to answer. */
const DRAINED = 20;
/** Milliseconds that draining may take: a flood must not keep a stopping server alive. */
const DRAIN_LIMIT = 500;

export interface UdpDeps {
  readonly shared: boolean;
  readonly answerer: CurrentAnswerer;
  readonly counters: () => Counters;
}

/** `shared`: several workers bind the same address (SO_REUSEPORT) and the kernel spreads the datagrams. */
export function createUdpPortable({ host, port }: ListenAddress, { shared, answerer, counters }: UdpDeps): Listener {
  const socket = createSocket({
    type: isIPv6(host) ? "udp6" : "udp4",
    ipv6Only: isIPv6(host),
    reusePort: shared,
    // The peer's address is an address: nothing to look up.
    lookup: (address, _options, callback) => callback(null, address, isIPv6(address) ? 6 : 4),
  });
  const peer = textPeer();
  const out = new Uint8Array(UDP.longest);
  let lastMessage = 0;

  socket.on("message", (packet, from) => {
    lastMessage = performance.now();
    // Nobody can be answered at port 0.
    if (from.port === 0) {
      counters().event("dropped");
      return;
    }
    peer.address = from.address;
    const size = answerer()(packet, packet.length, peer, out, UDP);
    // A copy: the datagram may wait in a queue while the next one is answered. A send that fails is a lost datagram.
    if (size > 0) socket.send(Buffer.from(out.subarray(0, size)), from.port, from.address, () => {});
  });

  return {
    start: () =>
      new Promise((resolve) => {
        socket.once("error", (cause: NodeJS.ErrnoException) => {
          socket.close();
          resolve(err(bindError(cause, { host, port }, "UDP")));
        });
        socket.bind(port, host, () => {
          socket.removeAllListeners("error");
          // ICMP errors of earlier answers surface here; there is nobody to tell.
          socket.on("error", () => {});
          socket.setRecvBufferSize(RECEIVE_BUFFER);
          resolve(ok({ host, port: socket.address().port }));
        });
      }),
    async stop() {
      const deadline = performance.now() + DRAIN_LIMIT;
      do await delay(DRAINED);
      while (performance.now() - lastMessage < DRAINED && performance.now() < deadline);
      await new Promise<void>((resolve) => void socket.close(resolve));
    },
  };
}
