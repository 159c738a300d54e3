/** Protocol → probe. A new protocol is one module, one line here, and what `config/protocols/table.ts` names. */
import type { Monitor, MonitorOf } from "../monitoring.ts";
import { dnsProbe } from "./dns.ts";
import { execProbe } from "./exec.ts";
import { grpcProbe } from "./grpc.ts";
import { httpProbe } from "./http.ts";
import { icmpProbe } from "./icmp.ts";
import type { Probe } from "./probe.ts";
import { prometheusProbe } from "./prometheus.ts";
import { pushProbe } from "./push.ts";
import { tcpProbe } from "./tcp.ts";
import { tlsProbe } from "./tls.ts";

export const probes: ProbeTable = {
  http: httpProbe,
  https: httpProbe,
  tcp: tcpProbe,
  tls: tlsProbe,
  dns: dnsProbe,
  grpc: grpcProbe,
  icmp: icmpProbe,
  exec: execProbe,
  push: pushProbe,
  prometheus: prometheusProbe,
};

export type ProbeTable = { readonly [P in Monitor["protocol"]]: Probe<MonitorOf<P>> };

/** Those that ask another than the host, or nobody: that its name cannot be looked up is nothing to them. */
export const ASKS_OTHERS: ReadonlySet<Monitor["protocol"]> = new Set(["exec", "push", "prometheus"]);
