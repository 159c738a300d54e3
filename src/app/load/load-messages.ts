/** What the process that loads and the one that asked for it say to each other. */
import type { PostedSnapshot } from "../../server/threads/posted-snapshot.ts";
import type { Result } from "../../shared/result.ts";
import type { LoadLimits } from "../../shared/server-settings.ts";
import type { StartError } from "../start-error.ts";
import type { Loaded } from "./load.ts";

/** As it travels: the snapshot in slices, tables in shared memory. */
export interface SentLoad extends Omit<Loaded, "config"> {
  readonly config: Omit<Loaded["config"], "snapshot">;
  readonly posted: PostedSnapshot;
}

export type FromLoad =
  | { readonly kind: "limits"; readonly limits: LoadLimits }
  | { readonly kind: "loaded"; readonly result: Result<SentLoad, StartError> };

/** The file descriptor that messages leave by. */
export const MESSAGES = 3;
