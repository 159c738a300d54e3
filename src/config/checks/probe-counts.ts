/** How many probes an endpoint has: those of its monitor, for each of its addresses that are probed. */
import { MOST_ADDRESSES } from "../../routing/health-view.ts";
import { leavesOf } from "../composites.ts";
import { isProbed, monitorOf } from "../monitor-of.ts";
import { ofName } from "../of-name.ts";
import type { Check } from "./check.ts";

/** What a page shows of one endpoint. */
const MAX_PROBES = 64;

export const checkProbeCounts: Check = ({ config }, report) => {
  const leaves = new Map<string, number>();
  for (const [profileName, profile] of Object.entries(config.profiles)) {
    for (const [name, endpoint] of Object.entries(profile.endpoints)) {
      const monitorName = monitorOf(profile, endpoint);
      const monitor = ofName(config.monitors, monitorName);
      const { address = [], probe } = endpoint;
      if (monitor === undefined || !isProbed(profile, endpoint) || probe !== undefined || address.length < 2) continue;
      if (monitor.addresses === "first") continue;
      const path = ["profiles", profileName, "endpoints", name];
      const addressPath = [...path, "address"];
      const because = [addressPath, [...path, "monitor"], [...path.slice(0, 2), "monitor"], ["monitors", monitorName!]];
      const at = { code: "too-many-probes", path: addressPath, atKey: true, because } as const;
      const found = `${address.length} addresses`;
      if (monitor.addresses === "each" && address.length > MOST_ADDRESSES) {
        const what = "more addresses than can leave an answer one by one";
        const wanted = `at most ${MOST_ADDRESSES}, or addresses: any or first in monitor ${monitorName}`;
        report({ ...at, what, found, wanted });
        continue;
      }
      if (!leaves.has(monitorName!)) leaves.set(monitorName!, leavesOf(monitorName!, config.monitors).length);
      const probes = address.length * leaves.get(monitorName!)!;
      if (probes <= MAX_PROBES) continue;
      const what = `more than ${MAX_PROBES} probes for one endpoint`;
      const wanted = `at most ${MAX_PROBES} in all, or addresses: first in monitor ${monitorName}`;
      report({ ...at, what, found: `${probes} probes of ${found}`, wanted });
    }
  }
};
