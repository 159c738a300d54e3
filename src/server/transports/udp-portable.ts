/**
 * UDP through `node:dgram`: works wherever Node does, at one system call per datagram each way. On a wildcard address
 * the kernel chooses the address that an answer leaves from; bind single addresses where a host has several.
 */
import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { err, ok } from "../../shared/result.ts";
import type { ListenAddress } from "../../shared/server-settings.ts";
import type { Counters } from "../../telemetry/counters.ts";
import { UDP } from "../answer/traits.ts";
import { textPeer } from "./text-peer.ts";
import { bindError, RECEIVE_BUFFER, type CurrentAnswerer, type Listener } from "./listener.ts";

/** Milliseconds that draining may take; it takes few, unless newcomers cannot be refused and a flood goes on. */
const DRAIN_LIMIT = 500;

export interface UdpDeps {
  readonly shared: boolean;
  readonly answerer: CurrentAnswerer;
  readonly counters: () => Counters;
}

interface Reply {
  readonly octets: Buffer;
  readonly to: { readonly port: number; readonly address: string };
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
  let received = 0;
  /** Replies that cannot leave yet: Node sends to nobody but the peer while a socket has one. */
  let held: Reply[] | undefined;

  const send = ({ octets, to }: Reply): void => socket.send(octets, to.port, to.address, onSent);
  const onSent = (cause: Error | null): void => {
    if (cause !== null) counters().event("unsent");
  };

  socket.on("message", (packet, from) => {
    received++;
    // Nobody can be answered at port 0.
    if (from.port === 0) {
      counters().event("dropped");
      return;
    }
    peer.address = from.address;
    const size = answerer()(packet, packet.length, peer, out, UDP);
    if (size === 0) return;
    // A copy: the datagram may wait in a queue while the next one is answered.
    const reply = { octets: Buffer.from(out.subarray(0, size)), to: from };
    if (held === undefined) send(reply);
    else held.push(reply);
  });

  /**
   * With a peer, itself, the kernel finds the socket for nobody else, and tells newcomers by ICMP that the port is
   * closed. What has come can still be read. False where the system gives it none: it goes on as before.
   */
  const refuseNewcomers = (): boolean => {
    socket.connect(socket.address().port, host);
    try {
      socket.remoteAddress();
      return true;
    } catch {
      return false;
    }
  };

  /** Resolves behind a whole turn of the loop in which nothing came. */
  const drained = async (inTime: () => boolean): Promise<void> => {
    await nextTurn();
    let before: number;
    do {
      before = received;
      await nextTurn();
    } while (received > before && inTime());
  };

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
          resolve(ok({ address: { host, port: socket.address().port }, receiveBuffer: socket.getRecvBufferSize() }));
        });
      }),
    async stop() {
      const deadline = performance.now() + DRAIN_LIMIT;
      const inTime = (): boolean => performance.now() < deadline;
      while (inTime()) {
        held = refuseNewcomers() ? [] : undefined;
        await drained(inTime);
        const replies: readonly Reply[] = held ?? [];
        held = undefined;
        if (replies.length === 0) break;
        // For a moment it takes newcomers again: a few, which are answered in the next round.
        socket.disconnect();
        replies.forEach(send);
      }
      while (socket.getSendQueueCount() > 0 && inTime()) await nextTurn();
      await new Promise<void>((resolve) => void socket.close(resolve));
    },
  };
}
