/** `state`: what outlives the process. */
import { fileOrOff } from "./file.ts";
import { duration, section, size } from "./values.ts";

export const stateSchema = section("what outlives the process", {
  file: fileOrOff.optional().meta({
    description: "The state file: overrides, statuses, history, generations, audit. off: nothing outlives the process.",
    defaultText: "in $STATE_DIRECTORY, else beside the configuration",
  }),
  maxAge: duration({ min: "0s", max: "1d" })
    .prefault("10m")
    .meta({ description: "How old statuses may be that a start takes over. They are probed all the same." }),
  keep: duration({ min: "1h", max: "3650d" }).prefault("90d").meta({ description: "How long history is kept." }),
  size: size({ min: "1MiB", max: "64GiB" })
    .prefault("256MiB")
    .meta({ description: "Size of the state file above which the oldest history goes early." }),
});
