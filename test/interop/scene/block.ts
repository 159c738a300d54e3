/**
 * A /16 of loopback for each scene: on Linux every address of 127.0.0.0/8 can be bound, so scenes that run at the same
 * time all have port 53, and servers and clients have networks of their own.
 */
import { createSocket } from "node:dgram";
import { once } from "node:events";

export interface Block {
  /** 127.x.THIRD.FOURTH. */
  address(third: number, fourth: number): string;
  /** 127.x.THIRD.0/LENGTH. */
  network(third: number, length: number): string;
}

const TRIES = 20;

/** Why none can be had: no root, or a server that holds port 53 on all addresses. */
export class NoBlock extends Error {}

export async function findBlock(): Promise<Block> {
  let cause: unknown;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    // 127.0 is where others live: systemd-resolved has 127.0.0.53.
    const second = 1 + Math.floor(Math.random() * 254);
    const block: Block = {
      address: (third, fourth) => `127.${second}.${third}.${fourth}`,
      network: (third, length) => `127.${second}.${third}.0/${length}`,
    };
    cause = await bindError(block.address(53, 1));
    if (cause === undefined) return block;
  }
  throw new NoBlock(`port 53 on loopback: ${String(cause)}; run as root, with no other server on 0.0.0.0:53`);
}

async function bindError(address: string): Promise<unknown> {
  const socket = createSocket("udp4");
  try {
    socket.bind(53, address);
    await once(socket, "listening");
    return undefined;
  } catch (cause) {
    return cause;
  } finally {
    socket.close();
  }
}
