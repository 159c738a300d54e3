/** What each probe protocol takes from a monitor. A new protocol is one entry here and one probe. */
import type { Monitor } from "../routing/snapshot.ts";
import type { MonitorConfig } from "./schema/config.ts";

interface Protocol {
  /** Undefined: the monitor must say. */
  readonly port: number | undefined;
  /** The keys that not every protocol has. */
  readonly keys: readonly (keyof MonitorConfig)[];
  readonly required: readonly (keyof MonitorConfig)[];
}

const http = ["path", "expectedStatus", "headers"] as const;

export const protocols: Readonly<Record<Monitor["protocol"], Protocol>> = {
  http: { port: 80, keys: http, required: [] },
  https: { port: 443, keys: [...http, "verifyCertificate"], required: [] },
  tcp: { port: undefined, keys: [], required: ["port"] },
  dns: { port: 53, keys: ["query", "type", "expect"], required: ["query"] },
};
