/**
 * Monitors: the keys of their protocol, times that fit together, one way to count failures, headers once; and that profiles
 * and endpoints name ones that exist.
 */
import type { Report } from "../diagnostic.ts";
import { keyHomes, reportMisplacedKeys } from "../misplaced-keys.ts";
import type { Headers } from "../merge-headers.ts";
import { nearestOf } from "../nearest-word.ts";
import type { Path } from "../path.ts";
import { protocols } from "../protocols/table.ts";
import type { Config, MonitorConfig } from "../schema/config.ts";
import { writtenEndpoints } from "../written-endpoints.ts";
import type { WrittenFile } from "../yaml/written-file.ts";
import type { Check } from "./check.ts";

export const checkMonitors: Check = ({ parts, written }, report) => {
  for (const [name, monitor] of Object.entries(parts.monitors)) {
    const path = ["monitors", name];
    // Of a protocol that was refused nothing follows.
    checkProtocolKeys(path, monitor, written, (finding) =>
      report({ ...finding, because: [finding.path, [...path, "protocol"]] }),
    );
    checkTimes(path, monitor, report);
    checkCounting(path, monitor, written, report);
    checkHeaders([...path, "headers"], monitor.headers, report);
  }
  const checkNamed = nameCheck(parts.monitors, written, report);
  for (const [profile, { monitor }] of Object.entries(parts.profiles)) checkNamed(["profiles", profile], monitor);
  for (const { path, keys } of writtenEndpoints(parts)) {
    checkNamed(path, keys.monitor);
    checkHeaders([...path, "headers"], keys.headers, report);
  }
};

function nameCheck(
  monitors: Config["monitors"],
  written: WrittenFile,
  report: Report,
): (path: Path, monitor: string | undefined) => void {
  const nearest = nearestOf(Object.keys(monitors));
  return (path, monitor) => {
    if (monitor === undefined || Object.hasOwn(monitors, monitor) || written.has(["monitors", monitor])) return;
    const meant = nearest(monitor);
    const wanted = `the name of a monitor${meant === undefined ? "" : `: did you mean ${meant}?`}`;
    report({ code: "undefined-monitor", path: [...path, "monitor"], what: "undefined monitor", wanted });
  };
}

const keysByProtocol = Object.entries(protocols).map(([protocol, { keys }]) => [protocol, keys] as const);
const protocolKeyHomes = keyHomes(Object.fromEntries(keysByProtocol), (names) => `protocol ${names}`);

function checkProtocolKeys(path: Path, monitor: MonitorConfig, written: WrittenFile, report: Report): void {
  const { protocol } = monitor;
  if (protocol === undefined) return;
  const { keys, required } = protocols[protocol];
  const choice = { path, chosen: `protocol ${protocol}`, allowed: keys, homes: protocolKeyHomes };
  reportMisplacedKeys(written, choice, report);
  for (const key of required) {
    if (monitor[key] !== undefined) continue;
    const wanted = `${key}, which protocol ${protocol} needs`;
    report({ code: "missing-key", path: [...path, key], what: "missing key", wanted });
  }
}

function checkTimes(
  path: Path,
  { interval, fastInterval, timeout, recoverAfter, damping }: MonitorConfig,
  report: Report,
): void {
  const at = (...keys: readonly string[]): readonly Path[] => keys.map((key) => [...path, key]);
  if (fastInterval !== undefined && fastInterval > interval) {
    report({
      code: "fast-interval-too-long",
      path: [...path, "fastInterval"],
      because: at("fastInterval", "interval"),
      what: "fastInterval longer than the interval",
      wanted: `at most ${secondsText(interval)}`,
    });
  }
  const shortest = Math.min(interval, fastInterval ?? interval);
  if (timeout !== undefined && timeout >= shortest) {
    const isFast = shortest < interval;
    report({
      code: "timeout-too-long",
      path: [...path, "timeout"],
      because: at("timeout", isFast ? "fastInterval" : "interval"),
      what: `timeout not shorter than ${isFast ? "fastInterval" : "the interval"}`,
      wanted: `less than ${secondsText(shortest)}`,
    });
  }
  if (damping !== undefined && damping.max <= recoverAfter * interval) {
    report({
      code: "out-of-range",
      path: [...path, "damping", "max"],
      because: [...at("interval", "recoverAfter"), [...path, "damping", "max"]],
      what: "damping that lengthens nothing",
      wanted: `more than recoverAfter × interval, which is ${secondsText(recoverAfter * interval)}`,
    });
  }
}

function secondsText(milliseconds: number): string {
  return `${milliseconds / 1000}s`;
}

function checkCounting(path: Path, { failures }: MonitorConfig, written: WrittenFile, report: Report): void {
  const toleratedFailures = [...path, "toleratedFailures"];
  if (failures === undefined || !written.has(toleratedFailures)) return;
  report({
    code: "misplaced-key",
    path: toleratedFailures,
    atKey: true,
    because: [toleratedFailures, [...path, "failures"]],
    what: "toleratedFailures means nothing beside failures",
    wanted: "one of the two",
  });
}

/** RFC 9110 section 5.1: field names are case-insensitive. */
function checkHeaders(path: Path, headers: Headers | undefined, report: Report): void {
  const seen = new Set<string>();
  for (const name of Object.keys(headers ?? {})) {
    const lower = name.toLowerCase();
    if (seen.has(lower)) {
      const at = { path: [...path, name], atKey: true, found: JSON.stringify(name) };
      report({ ...at, code: "duplicate-key", what: "the same header twice", wanted: "each header once" });
    }
    seen.add(lower);
  }
}
