/** TCP probe: success is a completed handshake (RFC 9293 section 3.5). Nothing is sent or read. */
import type { TcpMonitor } from "../monitoring.ts";
import { openSocket } from "./open-socket.ts";
import type { Probe } from "./probe.ts";

export const tcpProbe: Probe<TcpMonitor> = async (host, monitor, signal) => {
  const opened = await openSocket(host, monitor.timeout, signal);
  if (!opened.ok) return opened;
  opened.socket.destroy();
  return { ok: true };
};
