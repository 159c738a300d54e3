/**
 * Monitors: the keys of their protocol, a time-out shorter than the interval, headers once; and that profiles and
 * endpoints name ones that exist.
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
    checkTimeout(path, monitor, report);
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

function checkTimeout(path: Path, { interval, timeout }: MonitorConfig, report: Report): void {
  if (timeout === undefined || timeout < interval) return;
  report({
    code: "timeout-too-long",
    path: [...path, "timeout"],
    because: [
      [...path, "timeout"],
      [...path, "interval"],
    ],
    what: "timeout not shorter than the interval",
    wanted: `less than ${interval / 1000}s`,
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
