/** Files beside the configuration, handed in as text by whoever may open them. */
import type { Result } from "../shared/result.ts";

/** The path is as it is written, from the working directory on. The error completes "wanted …". */
export type ReadFile = (path: string) => Result<string, string>;
