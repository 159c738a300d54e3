/**
 * What each probe protocol takes from a monitor of the configuration. A new protocol is a member of `Monitor`, an entry
 * here and one in `health/probes/table.ts`; neither table compiles without it.
 */
import type { HttpMonitor, Monitor, MonitorOf, MonitorTiming } from "../health/monitoring.ts";
import { mergeHeaders } from "./merge-headers.ts";
import type { MonitorConfig } from "./schema/config.ts";

interface Protocol<M extends Monitor> {
  /** The port where the monitor names none; undefined = it must name one. */
  readonly port: number | undefined;
  /** The keys that not every protocol has. */
  readonly keys: readonly (keyof MonitorConfig)[];
  readonly required: readonly (keyof MonitorConfig)[];
  /** The monitor of the snapshot. `config` has the required keys. */
  readonly build: (timing: MonitorTiming, config: MonitorConfig) => M;
}

const httpKeys = ["path", "expectedStatus", "headers"] as const;

export const protocols: { readonly [P in Monitor["protocol"]]: Protocol<MonitorOf<P>> } = {
  http: {
    port: 80,
    keys: httpKeys,
    required: [],
    build: (timing, config) => ({ ...timing, protocol: "http", ...httpRequest(config) }),
  },
  https: {
    port: 443,
    keys: [...httpKeys, "verifyCertificate"],
    required: [],
    build: (timing, config) => ({ ...timing, protocol: "https", ...httpRequest(config) }),
  },
  tcp: {
    port: undefined,
    keys: [],
    required: ["port"],
    build: (timing) => ({ ...timing, protocol: "tcp" }),
  },
  dns: {
    port: 53,
    keys: ["query", "type", "expect"],
    required: ["query"],
    build: (timing, { query, type, expect }) => ({ ...timing, protocol: "dns", query: query!, type, expect }),
  },
};

export const protocolNames = Object.keys(protocols) as [Monitor["protocol"], ...Monitor["protocol"][]];

function httpRequest(config: MonitorConfig): Omit<HttpMonitor, keyof MonitorTiming | "protocol"> {
  const { path, expectedStatus, headers, verifyCertificate } = config;
  return { path, expectedStatus, headers: mergeHeaders(headers), verifyCertificate };
}
