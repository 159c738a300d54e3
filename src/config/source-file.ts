/** Files beside the configuration, handed in as text by whoever may open them. */
import type { Result } from "../shared/result.ts";

/** The path is as it is written, from the working directory on. */
export type ReadFile = (path: string) => Result<string, FileProblem>;

/** Why a file cannot be read. */
export interface FileProblem {
  /** As in "a zone file that cannot be read: no such file". */
  readonly reason: string;
  /** Completes "wanted …"; undefined = another path. */
  readonly wanted: string | undefined;
}

export const PATH_WANTED = "the path of a file; paths count from the working directory";
