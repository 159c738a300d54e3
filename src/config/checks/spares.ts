/** Endpoints that are behind others, by `standby`, and get a part of the clients all the same, by `trickle`. */
import type { Report } from "../diagnostic.ts";
import { enabledOf, type NamedEndpoints } from "../enabled-endpoints.ts";
import type { Path } from "../path.ts";
import type { ProfileConfig } from "../schema/config.ts";
import type { Check } from "./check.ts";

export const checkSpares: Check = ({ config: { profiles } }, report) => {
  for (const [name, profile] of Object.entries(profiles)) {
    const path = ["profiles", name, "endpoints"];
    const enabled = enabledOf(profile);
    checkStandby(path, enabled, report);
    checkSum(path, enabled, report);
    checkIdle(path, profile, enabled, report);
  }
};

function checkStandby(path: Path, enabled: NamedEndpoints, report: Report): void {
  const [first] = enabled;
  if (first === undefined || !enabled.every(([, { standby }]) => standby)) return;
  report({
    code: "only-standby",
    path: [...path, first[0], "standby"],
    because: enabled.map(([name]) => [...path, name, "standby"]),
    what: "standby means nothing where all endpoints that are enabled have it",
    wanted: "at least one without it",
  });
}

/** Less than this is left to those that are chosen only by the error of sums of percentages. */
const NOTHING = 1e-9;

function checkSum(path: Path, enabled: NamedEndpoints, report: Report): void {
  let sum = 0;
  for (const [name, { trickle }] of enabled) {
    sum += trickle;
    if (sum < 1 - NOTHING) continue;
    report({
      code: "trickle-sum",
      path: [...path, name, "trickle"],
      because: enabled.map(([other]) => [...path, other, "trickle"]),
      what: "the trickles of a profile leave nothing to the endpoint that is chosen",
      found: `${Number((sum * 100).toFixed(1))} % in all so far`,
      wanted: "less than 100 % in all",
    });
    return;
  }
}

function checkIdle(path: Path, profile: ProfileConfig, enabled: NamedEndpoints, report: Report): void {
  for (const [name, { trickle }] of inFront(profile, enabled)) {
    if (trickle === 0) continue;
    report({
      code: "idle-trickle",
      path: [...path, name, "trickle"],
      because: enabled.flatMap(([other]) => ["trickle", "standby", "priority"].map((key) => [...path, other, key])),
      what: `trickle means nothing on ${name}: no endpoint is before it, so it has clients while it is up`,
      wanted:
        profile.method === "priority"
          ? "no trickle, or one on a later endpoint"
          : "no trickle, or standby: true beside it",
    });
  }
}

/** Those that no client finds behind others. */
function inFront({ method }: ProfileConfig, enabled: NamedEndpoints): NamedEndpoints {
  if (method === "priority") {
    return enabled.toSorted(([, a], [, b]) => (a.priority ?? 0) - (b.priority ?? 0)).slice(0, 1);
  }
  if (method !== "weighted") return [];
  const regular = enabled.filter(([, { standby }]) => !standby);
  return regular.length > 0 ? regular : enabled;
}
