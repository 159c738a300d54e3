/**
 * Why the state file cannot be used, or not be written, and what SQLite and the system call it.
 * Result codes: https://www.sqlite.org/rescode.html.
 */

/** What each means, and what to do. */
export const TROUBLES = {
  "disk-full": "the disk is full: nothing more is kept until there is room",
  "read-only": "it cannot be written: nothing is kept until it may be",
  locked: "another program has it: nothing is kept until that lets it go",
  "io-error": "the disk fails: nothing is kept until it works",
  "cannot-open": "it cannot be opened: nothing is kept",
  foreign: "it belongs to something else and is left alone: nothing is kept; name another file, or move it away",
  damaged: "it is damaged and could not be set aside: nothing is kept; move it away",
  "damaged-often": "it is damaged once more: nothing is kept; see to the disk, then move the .damaged files away",
  oversize: "it is far above state.size: no history is kept until it has shrunk",
  stalled: "the disk does not answer: whether anything is kept is not known",
  "thread-ended": "its thread has ended and is started again",
} as const satisfies Readonly<Record<string, string>>;
export type TroubleCode = keyof typeof TROUBLES;

export interface Trouble {
  readonly code: TroubleCode;
  /** One line: the file, what is wrong, and what to do. */
  readonly message: string;
}

/** `detail`: what is known beyond the code. */
export function troubleWith(file: string, code: TroubleCode, detail?: string): Trouble {
  return { code, message: `${file}: ${TROUBLES[code]}${detail === undefined ? "" : ` (${detail})`}` };
}

/** By the low octet of SQLite's result code; extended codes have more above. */
const SQLITE: Readonly<Record<number, TroubleCode>> = {
  3: "read-only",
  5: "locked",
  6: "locked",
  7: "io-error",
  8: "read-only",
  10: "io-error",
  11: "damaged",
  13: "disk-full",
  14: "cannot-open",
  15: "locked",
  22: "io-error",
  26: "damaged",
};

const SYSTEM: Readonly<Record<string, TroubleCode>> = {
  ENOSPC: "disk-full",
  EDQUOT: "disk-full",
  EROFS: "read-only",
  EACCES: "read-only",
  EPERM: "read-only",
  EIO: "io-error",
};

/** Undefined: no file is to blame, but the code. */
export function troubleCodeOf(cause: unknown): TroubleCode | undefined {
  const { code, errcode } = cause as { readonly code?: unknown; readonly errcode?: unknown };
  if (code === "ERR_SQLITE_ERROR" && typeof errcode === "number") return SQLITE[errcode & 0xff];
  if (typeof code !== "string" || !("syscall" in (cause as object))) return undefined;
  return SYSTEM[code] ?? "cannot-open";
}

export function isDamage(cause: unknown): boolean {
  return troubleCodeOf(cause) === "damaged";
}
