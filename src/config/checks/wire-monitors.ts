/** Monitors that connect to the host: keys that mean nothing beside what others of the same protocol say. */
import type { Report } from "../diagnostic.ts";
import type { Path } from "../path.ts";
import { certificateShape } from "../schema/probes/connection.ts";
import type { MonitorConfig } from "../schema/config.ts";
import type { WrittenFile } from "../yaml/written-file.ts";
import type { Check } from "./check.ts";

type Key = keyof MonitorConfig;

interface Rule {
  readonly keys: readonly Key[];
  /** The key whose value leaves them without a meaning. */
  readonly beside: Key;
  readonly isIdle: (monitor: MonitorConfig) => boolean;
  /** As in "means nothing …". */
  readonly where: (monitor: MonitorConfig) => string;
  readonly wanted: string;
}

const rules: readonly Rule[] = [
  {
    keys: Object.keys(certificateShape) as (keyof typeof certificateShape)[],
    beside: "tls",
    isIdle: ({ protocol, tls }) => (protocol === "tcp" || protocol === "grpc") && !tls,
    where: () => "without TLS",
    wanted: "tls: true",
  },
  {
    keys: ["send"],
    beside: "expect",
    isIdle: ({ protocol, expect }) => protocol === "tcp" && expect === undefined,
    where: () => "without expect",
    wanted: "expect: the text that comes back",
  },
  {
    keys: ["expect", "notOlderThan"],
    beside: "expectedRcode",
    isIdle: ({ protocol, expectedRcode }) => protocol === "dns" && expectedRcode !== "NOERROR",
    where: ({ expectedRcode }) => `beside ${expectedRcode}, which comes without data`,
    wanted: "expectedRcode: NOERROR",
  },
  {
    keys: ["notOlderThan"],
    beside: "type",
    isIdle: ({ protocol, type }) => protocol === "dns" && type !== "SOA",
    where: ({ type }) => `beside type ${type}`,
    wanted: "type: SOA",
  },
];

export const checkWireMonitors: Check = ({ parts, written }, report) => {
  for (const [name, monitor] of Object.entries(parts.monitors)) {
    for (const rule of rules) if (rule.isIdle(monitor)) tell(["monitors", name], rule, monitor, written, report);
  }
};

function tell(
  path: Path,
  { keys, beside, where, wanted }: Rule,
  monitor: MonitorConfig,
  written: WrittenFile,
  report: Report,
): void {
  for (const key of written.keys(path)) {
    if (!(keys as readonly string[]).includes(key)) continue;
    report({
      code: "misplaced-key",
      path: [...path, key],
      atKey: true,
      because: [
        [...path, key],
        [...path, beside],
        [...path, "protocol"],
      ],
      what: `${key} means nothing ${where(monitor)}`,
      wanted: `no ${key}, or ${wanted}`,
    });
  }
}
