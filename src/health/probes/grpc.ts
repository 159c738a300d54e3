/** Not built yet. */
import type { GrpcMonitor } from "../monitoring.ts";
import type { Probe } from "./probe.ts";

export const grpcProbe: Probe<GrpcMonitor> = async () => ({ ok: false, code: "not-probed", reason: "not built yet" });
