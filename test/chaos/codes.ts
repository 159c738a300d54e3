/** How a load ends with each kind of bad file in each place: the codes that fit, or that it succeeds. */
import type { StartErrorCode } from "../../src/app/start-error.ts";
import type { DiagnosticCode } from "../../src/config/diagnostic-codes.ts";
import type { Kind } from "./bad-files.ts";
import type { FileName } from "./world.ts";

type Code = StartErrorCode | DiagnosticCode;

export interface Fitting {
  /** Any one of them. */
  readonly codes: readonly Code[];
  readonly mayLoad: boolean;
}

/** Root may read what nobody may. */
const IS_ROOT = process.getuid?.() === 0;

export function fitting(file: FileName, kind: Kind): Fitting {
  const unreadable = UNREADABLE[file];
  const found = EXPECTED[kind];
  if (found === "unreadable") return { codes: [unreadable], mayLoad: false };
  if (found === "unreadable unless root") return { codes: IS_ROOT ? [] : [unreadable], mayLoad: IS_ROOT };
  // A writer that was held up for longer than files are given to settle.
  if (found === "unreadable while it changes") {
    return { codes: [unreadable, ...EXPECTED.truncated[file]], mayLoad: true };
  }
  return { codes: found[file], mayLoad: false };
}

const UNREADABLE: Readonly<Record<FileName, Code>> = {
  configuration: "config-unreadable",
  "zone file": "file-unreadable",
  "included file": "file-unreadable",
  database: "geoip-unreadable",
  "cookie secrets": "file-unreadable",
};

const EXPECTED = {
  empty: {
    configuration: ["wrong-type", "missing-key"],
    "zone file": ["zone-apex"],
    "included file": ["zone-apex"],
    database: ["geoip-foreign"],
    "cookie secrets": ["bad-text"],
  },
  huge: "unreadable",
  truncated: {
    configuration: ["yaml-syntax"],
    "zone file": ["zone-syntax"],
    "included file": ["zone-syntax"],
    database: ["geoip-foreign", "geoip-damaged"],
    "cookie secrets": ["bad-text"],
  },
  "replaced half-way": "unreadable while it changes",
  FIFO: "unreadable",
  directory: "unreadable",
  device: "unreadable",
  "no permission": "unreadable unless root",
  "symlink loop": "unreadable",
  deleted: "unreadable",
  "another product's file": {
    configuration: ["yaml-syntax"],
    "zone file": ["zone-syntax", "bad-name", "bad-record"],
    "included file": ["zone-syntax", "bad-name", "bad-record"],
    database: ["geoip-foreign"],
    "cookie secrets": ["bad-text"],
  },
  bomb: {
    configuration: ["yaml-alias", "unknown-key"],
    "zone file": ["zone-syntax", "file-unreadable"],
    "included file": ["zone-syntax", "file-unreadable"],
    database: ["geoip-no-place"],
    "cookie secrets": ["bad-text", "file-unreadable"],
  },
  "deep nesting": {
    configuration: ["yaml-syntax"],
    "zone file": ["zone-syntax"],
    "included file": ["zone-syntax"],
    database: ["geoip-damaged", "geoip-foreign"],
    "cookie secrets": ["bad-text"],
  },
} as const satisfies Readonly<
  Record<
    Kind,
    | "unreadable"
    | "unreadable unless root"
    | "unreadable while it changes"
    | Readonly<Record<FileName, readonly Code[]>>
  >
>;
