/**
 * Ports of 127.0.0.1 that nobody has, over UDP and TCP alike, below those that systems give to whoever asks for any:
 * connections of other scenes take none of them before the server does.
 */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";

const LOWEST = 20_000;
const COUNT = 12_000;

let next = Math.floor(Math.random() * COUNT);

export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + (next++ % COUNT);
    if ((await isFreeOverUdp(port)) && (await isFreeOverTcp(port))) return port;
  }
}

async function isFreeOverUdp(port: number): Promise<boolean> {
  const socket = createSocket("udp4").bind(port, "127.0.0.1");
  const isFree = await happens(once(socket, "listening"));
  socket.close();
  return isFree;
}

async function isFreeOverTcp(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  const isFree = await happens(once(server, "listening"));
  await new Promise((resolve) => void server.close(resolve));
  return isFree;
}

/** `once` rejects where there is an error instead. */
const happens = (event: Promise<unknown>): Promise<boolean> =>
  event.then(
    () => true,
    () => false,
  );
