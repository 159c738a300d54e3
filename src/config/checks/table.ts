/** All checks, in no particular order: diagnostics are sorted by position. */
import { checkAsns } from "./asns.ts";
import type { Check } from "./check.ts";
import { checkComposites } from "./composites.ts";
import { checkContinentCodes } from "./continent-codes.ts";
import { checkEndpointProbes } from "./endpoint-probes.ts";
import { checkEndpointTargets } from "./endpoint-targets.ts";
import { checkFailover } from "./failover.ts";
import { checkFamilies } from "./families.ts";
import { checkFences } from "./fences.ts";
import { checkGroupings } from "./groupings.ts";
import { checkLabels } from "./labels.ts";
import { checkListen } from "./listen.ts";
import { checkLoads } from "./loads.ts";
import { checkMethods } from "./methods.ts";
import { checkMonitors } from "./monitors.ts";
import { checkNesting } from "./nesting.ts";
import { checkNetworks } from "./networks.ts";
import { checkNotices } from "./notices.ts";
import { checkOutsideMonitors } from "./outside-monitors.ts";
import { checkProbeCounts } from "./probe-counts.ts";
import { checkProfileNames } from "./profile-names.ts";
import { checkReach } from "./reach.ts";
import { checkRequests } from "./requests.ts";
import { checkResidency } from "./residency.ts";
import { checkShares } from "./shares.ts";
import { checkSpares } from "./spares.ts";
import { checkTtl } from "./ttl.ts";
import { checkUnused } from "./unused.ts";
import { checkWireMonitors } from "./wire-monitors.ts";
import { checkZones } from "./zones.ts";

export const checks: readonly Check[] = [
  checkListen,
  checkNetworks,
  checkAsns,
  checkZones,
  checkMonitors,
  checkWireMonitors,
  checkComposites,
  checkOutsideMonitors,
  checkRequests,
  checkProfileNames,
  checkEndpointTargets,
  checkEndpointProbes,
  checkLoads,
  checkProbeCounts,
  checkMethods,
  checkGroupings,
  checkContinentCodes,
  checkNesting,
  checkReach,
  checkFamilies,
  checkFailover,
  checkShares,
  checkSpares,
  checkFences,
  checkLabels,
  checkNotices,
  checkResidency,
  checkTtl,
  checkUnused,
];
