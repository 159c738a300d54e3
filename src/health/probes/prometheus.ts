/** Not built yet. */
import type { PrometheusMonitor } from "../monitoring.ts";
import type { Probe } from "./probe.ts";

export const prometheusProbe: Probe<PrometheusMonitor> = async () => ({
  ok: false,
  code: "not-probed",
  reason: "not built yet",
});
