/** Ports of 127.0.0.1 that nobody has at the moment, over UDP and TCP alike. */
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { freePort } from "../support/free-port.ts";

export async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = await freePort();
    if (await isFreeOverTcp(port)) found.add(port);
  }
  return [...found];
}

async function isFreeOverTcp(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  const [outcome] = (await Promise.race([once(server, "listening").then(() => [true]), once(server, "error")])) as [
    unknown,
  ];
  const isFree = outcome === true && (server.address() as AddressInfo).port === port;
  await new Promise((resolve) => void server.close(resolve));
  return isFree;
}
