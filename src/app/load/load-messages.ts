/** What the process that loads and the one that asked for it say to each other. */
import type { WatchedLoad } from "../../health/load/load-book.ts";
import type { ProbedEndpoint, ProbeTarget } from "../../health/probe-target.ts";
import type { ProfileOutline } from "../../routing/outline.ts";
import type { PostedSnapshot } from "../../server/threads/posted-snapshot.ts";
import type { Slices } from "../../server/threads/slices.ts";
import type { Result } from "../../shared/result.ts";
import type { LoadLimits } from "../../shared/server-settings.ts";
import type { StartError } from "../start-error.ts";
import type { Loaded } from "./load.ts";
import type { SourceFile } from "./source-file.ts";

/** What a load has made, as it travels: tables in shared memory, lists in slices. */
export interface SentLoad extends Pick<Loaded, "names" | "zones" | "archive" | "digests"> {
  readonly config: Omit<Loaded["config"], "snapshot">;
  readonly snapshot: PostedSnapshot;
  readonly outline: Slices<ProfileOutline>;
  readonly targets: Slices<ProbeTarget>;
  readonly probed: Slices<ProbedEndpoint>;
  readonly loads: Slices<WatchedLoad>;
  /** What each endpoint answers with, by its id. */
  readonly targetTexts: Slices<string>;
}

export type FromLoad =
  | { readonly kind: "limits"; readonly limits: LoadLimits }
  /** Comes before the file is read: that may be the last that is heard. */
  | { readonly kind: "file"; readonly file: SourceFile }
  /** Of a load that has succeeded. Its tables are dropped together, and not with others. */
  | { readonly kind: "geo"; readonly geo: Loaded["geo"] }
  | { readonly kind: "loaded"; readonly result: Result<SentLoad, StartError> };

/** The file descriptor that messages leave by. */
export const MESSAGES = 3;
