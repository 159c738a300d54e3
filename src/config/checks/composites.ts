/**
 * Monitors are probes by one protocol, or made of other monitors that exist, without a loop and of a size that a page
 * shows; what says how and when to probe stands with those that probe.
 */
import { COMPOSITE_KINDS, compositeOf, measureComposites, type Composite } from "../composites.ts";
import type { Report } from "../diagnostic.ts";
import { nearestOf } from "../nearest-word.ts";
import type { Path } from "../path.ts";
import type { Config, MonitorConfig } from "../schema/config.ts";
import type { WrittenFile } from "../yaml/written-file.ts";
import type { Check } from "./check.ts";

const MAX_LEVELS = 5;
/** The probes of one address. */
const MAX_PROBES = 32;

const KINDS = ["protocol", ...COMPOSITE_KINDS] as const;
const ONE_OF = "one of protocol, all, any, atLeast and not";

/** What a composite has beside what it is made of: which addresses of an endpoint it is for. */
const OWN_KEYS: ReadonlySet<string> = new Set([...KINDS, "of", "addresses"]);

export const checkComposites: Check = ({ parts: { monitors }, written }, report) => {
  const checkMembers = memberCheck(monitors, written, report);
  for (const [name, monitor] of Object.entries(monitors)) {
    const path = ["monitors", name];
    const composite = compositeOf(monitor);
    checkKind(path, monitor, report);
    if (monitor.of !== undefined && monitor.atLeast === undefined) {
      const because = [...KINDS, "of"].map((key) => [...path, key]);
      const at = { path: [...path, "of"], atKey: true, because };
      report({ ...at, code: "misplaced-key", what: "of means nothing without atLeast", wanted: "no of, or atLeast" });
    }
    if (composite === undefined) continue;
    checkKeys(path, composite, written, report);
    checkCount(path, composite, monitor, report);
    checkMembers(path, composite);
  }
  checkSizes(monitors, report);
};

function checkKind(path: Path, monitor: MonitorConfig, report: Report): void {
  const given = KINDS.filter((key) => monitor[key] !== undefined);
  if (given.length === 1) return;
  report({
    code: "monitor-kind",
    path,
    atKey: true,
    because: [path, ...KINDS.map((key) => [...path, key])],
    what: given.length === 0 ? "a monitor that probes nothing" : "a monitor of more than one kind",
    found: given.length === 0 ? "none" : given.join(" and "),
    wanted: ONE_OF,
  });
}

function checkKeys(path: Path, { kind }: Composite, written: WrittenFile, report: Report): void {
  for (const key of written.keys(path)) {
    if (OWN_KEYS.has(key)) continue;
    const what = `${key} means nothing beside ${kind}`;
    const wanted = `no ${key} here: the monitors that probe have their own`;
    report({ code: "misplaced-key", path: [...path, key], atKey: true, what, wanted });
  }
}

function checkCount(path: Path, { kind, count, of }: Composite, monitor: MonitorConfig, report: Report): void {
  if (kind !== "atLeast") return;
  if (monitor.of === undefined) {
    const wanted = "of, the monitors that atLeast counts";
    report({ code: "missing-key", path: [...path, "of"], what: "missing key", wanted });
  } else if (count > of.length) {
    const because = [
      [...path, "atLeast"],
      [...path, "of"],
    ];
    const at = { path: [...path, "atLeast"], because };
    report({ ...at, code: "out-of-range", what: "more than there are in of", wanted: `at most ${of.length}` });
  }
}

function memberCheck(monitors: Config["monitors"], written: WrittenFile, report: Report) {
  const nearest = nearestOf(Object.keys(monitors));
  return (path: Path, { of }: Composite): void => {
    const seen = new Set<string>();
    for (const member of of) {
      const at = { path: [...path, ...member.path] };
      if (seen.has(member.name)) {
        report({ ...at, code: "duplicate-monitor", what: "the same monitor twice", wanted: "each monitor once" });
      }
      seen.add(member.name);
      if (Object.hasOwn(monitors, member.name) || written.has(["monitors", member.name])) continue;
      const meant = nearest(member.name);
      const wanted = `the name of a monitor${meant === undefined ? "" : `: did you mean ${meant}?`}`;
      report({ ...at, code: "undefined-monitor", what: "undefined monitor", wanted });
    }
  };
}

function checkSizes(monitors: Config["monitors"], report: Report): void {
  const { sizes, loops } = measureComposites(monitors);
  for (const { name, path, names } of loops) {
    report({
      code: "monitor-loop",
      path: ["monitors", name, ...path],
      what: "a monitor made of itself",
      found: names.join(" → "),
      wanted: "monitors without a loop",
    });
  }
  for (const [name, { levels, probes }] of sizes) {
    const members = compositeOf(monitors[name]!)?.of ?? [];
    const of = members.flatMap((member) => sizes.get(member.name) ?? []);
    const at = { path: ["monitors", name], atKey: true, code: "monitor-size" } as const;
    // Once for a chain: those that are made of it are too large because it is.
    if (levels > MAX_LEVELS && of.every((one) => one.levels <= MAX_LEVELS)) {
      const what = `monitors made of others more than ${MAX_LEVELS} levels deep`;
      report({ ...at, what, found: `${levels} levels`, wanted: `at most ${MAX_LEVELS} levels` });
    }
    if (probes > MAX_PROBES && of.every((one) => one.probes <= MAX_PROBES)) {
      const what = `a monitor that comes to more than ${MAX_PROBES} probes`;
      report({ ...at, what, found: `${probes} probes`, wanted: `at most ${MAX_PROBES}` });
    }
  }
}
