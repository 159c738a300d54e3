/** Not built yet. */
import type { ExecMonitor } from "../monitoring.ts";
import type { Probe } from "./probe.ts";

export const execProbe: Probe<ExecMonitor> = async () => ({ ok: false, code: "not-probed", reason: "not built yet" });
