/** Protocol → probe. A new protocol is one module, one line here, and what `config/protocols.ts` names. */
import type { Monitor, MonitorOf } from "../monitoring.ts";
import { dnsProbe } from "./dns.ts";
import { httpProbe } from "./http.ts";
import type { Probe } from "./probe.ts";
import { tcpProbe } from "./tcp.ts";

export const probes: ProbeTable = { http: httpProbe, https: httpProbe, tcp: tcpProbe, dns: dnsProbe };

export type ProbeTable = { readonly [P in Monitor["protocol"]]: Probe<MonitorOf<P>> };
