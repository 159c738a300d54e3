/** Not built yet. */
import type { IcmpMonitor } from "../monitoring.ts";
import type { Probe } from "./probe.ts";

export const icmpProbe: Probe<IcmpMonitor> = async () => ({ ok: false, code: "not-probed", reason: "not built yet" });
