/**
 * The probe protocols of the configuration. A new protocol is a member of `Monitor`, an entry here and one in
 * `health/probes/table.ts`; neither table compiles without it.
 */
import type { Monitor, MonitorOf } from "../../health/monitoring.ts";
import { placeholdersIn } from "../../shared/placeholders.ts";
import type { MonitorConfig } from "../schema/config.ts";
import { certificateShape, proxyShape, tlsShape } from "../schema/probes/connection.ts";
import { dnsShape } from "../schema/probes/dns.ts";
import { httpShape } from "../schema/probes/http.ts";
import { execShape, grpcShape, prometheusShape, pushShape } from "../schema/probes/others.ts";
import { mergeHeaders } from "../merge-headers.ts";
import { authorizationOf, tlsRules, type MonitorFiles, type Protocol } from "./protocol.ts";

type Protocols = { readonly [P in Monitor["protocol"]]: Protocol<MonitorOf<P>> };

const keysOf = <K extends string>(shape: Readonly<Record<K, unknown>>): readonly K[] => Object.keys(shape) as K[];
const tlsWhere = (config: MonitorConfig, files: MonitorFiles) => (config.tls ? tlsRules(config, files) : undefined);
const namesEndpoint = (text: string): boolean =>
  placeholdersIn(text).some((written) => written === "%{profile}" || written === "%{endpoint}");

export const protocols: Protocols = {
  http: {
    port: 80,
    keys: [...keysOf(httpShape), ...keysOf(proxyShape)],
    required: [],
    build: (timing, config, files) => ({ ...timing, protocol: "http", ...httpRequest(config, files), tls: undefined }),
  },
  https: {
    port: 443,
    keys: [...keysOf(httpShape), ...keysOf(proxyShape), ...keysOf(certificateShape)],
    required: [],
    build: (timing, config, files) => ({
      ...timing,
      protocol: "https",
      ...httpRequest(config, files),
      tls: tlsRules(config, files),
    }),
  },
  tcp: {
    port: undefined,
    keys: ["send", "expect", ...keysOf(tlsShape), ...keysOf(proxyShape)],
    required: ["port"],
    build: (timing, config, files) => {
      const { send, expect, proxyProtocol } = config;
      return { ...timing, protocol: "tcp", tls: tlsWhere(config, files), proxyProtocol, send, expect };
    },
  },
  tls: {
    port: 443,
    keys: [...keysOf(certificateShape), ...keysOf(proxyShape)],
    required: [],
    build: (timing, config, files) => {
      const { proxyProtocol } = config;
      return { ...timing, protocol: "tls", tls: tlsRules(config, files), proxyProtocol };
    },
  },
  dns: {
    port: 53,
    keys: [...keysOf(dnsShape), "expect"],
    required: ["query"],
    build: (timing, { query, type, expect, transport, expectedRcode, notOlderThan }) => ({
      ...timing,
      protocol: "dns",
      query: query!,
      type,
      expect,
      transport,
      expectedRcode,
      notOlderThan: notOlderThan && { host: notOlderThan.host, port: notOlderThan.port ?? 53 },
    }),
  },
  grpc: {
    port: undefined,
    keys: [...keysOf(grpcShape), ...keysOf(tlsShape), ...keysOf(proxyShape)],
    required: ["port"],
    build: (timing, config, files) => {
      const { service, proxyProtocol } = config;
      return { ...timing, protocol: "grpc", service, tls: tlsWhere(config, files), proxyProtocol };
    },
  },
  icmp: {
    port: 0,
    isPortless: true,
    keys: [],
    required: [],
    build: (timing) => ({ ...timing, protocol: "icmp" }),
  },
  exec: {
    port: 0,
    keys: keysOf(execShape),
    required: ["command"],
    // Its environment names the endpoint.
    isOwn: () => true,
    build: (timing, { command }) => ({ ...timing, protocol: "exec", command: command! }),
  },
  push: {
    port: 0,
    isPortless: true,
    keys: keysOf(pushShape),
    required: [],
    isOwn: () => true,
    build: (timing, { validFor }) => ({ ...timing, protocol: "push", validFor: validFor ?? 2 * timing.interval }),
  },
  prometheus: {
    port: 0,
    keys: keysOf(prometheusShape),
    required: ["url", "expression"],
    isOwn: ({ expression }) => namesEndpoint(expression!),
    build: (timing, config, files) => {
      const { url, expression, above, below } = config;
      const authorization = authorizationOf(config, files);
      return { ...timing, protocol: "prometheus", url: url!, expression: expression!, above, below, authorization };
    },
  },
};

export const protocolNames = Object.keys(protocols) as [Monitor["protocol"], ...Monitor["protocol"][]];

function httpRequest(config: MonitorConfig, files: MonitorFiles) {
  const { method, path, body, expectedStatus, headers, contains, matches, json } = config;
  const { readAtMost, followRedirects, http2, proxyProtocol } = config;
  return {
    method,
    path,
    body,
    expectedStatus,
    headers: mergeHeaders(headers),
    authorization: authorizationOf(config, files),
    contains,
    matches,
    json: json && { path: json.path, equals: json.equals },
    readAtMost,
    followRedirects,
    http2,
    proxyProtocol,
    load: undefined,
  };
}
