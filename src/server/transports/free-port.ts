/** A port for UDP and TCP alike, where the configuration leaves it to the system. */
import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { ListenAddress } from "../../shared/server-settings.ts";

/** The address with a port that UDP has free at this moment; as it is where there is none, which whoever binds will find. */
export function withFreePort({ host, port }: ListenAddress): Promise<ListenAddress> {
  if (port !== 0) return Promise.resolve({ host, port });
  const socket = createSocket({ type: isIPv6(host) ? "udp6" : "udp4", ipv6Only: isIPv6(host) });
  return new Promise((resolve) => {
    const end = (free: number): void => {
      socket.close(() => resolve({ host, port: free }));
    };
    socket.once("error", () => end(0));
    socket.bind(0, host, () => end(socket.address().port));
  });
}
