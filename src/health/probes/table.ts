/** Protocol → probe. A new protocol is one module, one line here and one member of `Monitor`. */
import type { DnsMonitor, HttpMonitor, TcpMonitor } from "../../routing/snapshot.ts";
import { dnsProbe } from "./dns.ts";
import { httpProbe } from "./http.ts";
import type { Probe } from "./probe.ts";
import { tcpProbe } from "./tcp.ts";

export const probes: ProbeTable = { http: httpProbe, https: httpProbe, tcp: tcpProbe, dns: dnsProbe };

export interface ProbeTable {
  readonly http: Probe<HttpMonitor>;
  readonly https: Probe<HttpMonitor>;
  readonly tcp: Probe<TcpMonitor>;
  readonly dns: Probe<DnsMonitor>;
}
