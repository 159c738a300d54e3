/** Not built yet. */
import type { TlsMonitor } from "../monitoring.ts";
import type { Probe } from "./probe.ts";

export const tlsProbe: Probe<TlsMonitor> = async () => ({ ok: false, code: "not-probed", reason: "not built yet" });
