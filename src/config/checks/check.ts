/** The contract of a check: one family of rules across well-formed parts of the file. `table.ts` lists them. */
import type { CountryGrouping } from "../../shared/regions/country-grouping.ts";
import type { Report } from "../diagnostic.ts";
import type { Config } from "../schema/config.ts";
import type { SteeringGraph } from "../steering-graph.ts";
import type { WrittenFile } from "../yaml/written-file.ts";
import type { ZoneIndex } from "../zone-index.ts";

export interface Subject {
  /** Each endpoint of a profile has all that it takes from elsewhere. */
  readonly config: Config;
  /** The same as it is written, place by place. */
  readonly parts: Config;
  readonly zones: ZoneIndex;
  readonly graph: SteeringGraph;
  /** Those of law and the operator's own. */
  readonly groupings: readonly CountryGrouping[];
  /** The file as it was written, what is not well-formed included. */
  readonly written: WrittenFile;
}

/** Takes at most linear time in the size of the file. */
export type Check = (subject: Subject, report: Report) => void;
