/** Push probe: asks nobody, and judges by what was reported (`health/reports.ts`). */
import type { PushMonitor } from "../monitoring.ts";
import type { Reports } from "../reports.ts";
import type { Probe } from "./probe.ts";

export function createPushProbe({ judge }: Pick<Reports, "judge">): Probe<PushMonitor> {
  return async ({ subject }, { validFor }) => judge(subject!, validFor);
}

/** Where nobody takes reports. */
export const pushProbe = createPushProbe({
  judge: () => ({ ok: false, code: "not-probed", reason: "no report yet" }),
});
