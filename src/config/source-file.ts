/** Files beside the configuration, handed in as text by whoever may open them. */
import type { Result } from "../shared/result.ts";

/**
 * An octet of a file that is not UTF-8, as it stands in the file's text: a surrogate without its other half, U+DC00 and
 * the octet (Python's "surrogateescape", PEP 383). No UTF-8 has one, so nothing else is meant by it.
 */
export const FOREIGN_OCTET = /[\udc80-\udcff]/u;

/**
 * Reads a file by its path; all files together have a limit.
 * `below`: a folder that the file, all links followed, must lie in or below.
 */
export type ReadFile = (path: string, below?: string) => Result<string, FileProblem>;

/** Why a file cannot be read. */
export interface FileProblem {
  /** The end of a sentence such as "a zone file that cannot be read: no such file". */
  readonly reason: string;
  /** Completes "wanted …"; undefined = another path. */
  readonly wanted: string | undefined;
}

export const PATH_WANTED = "the path of a file; paths count from the configuration's folder";
