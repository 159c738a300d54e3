/** Not built yet. */
import type { PushMonitor } from "../monitoring.ts";
import type { Probe } from "./probe.ts";

export const pushProbe: Probe<PushMonitor> = async () => ({ ok: false, code: "not-probed", reason: "not built yet" });
