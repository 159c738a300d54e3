/** `limits`: what loading may take. It happens in a process of its own, so a load that wants more is ended, nothing else. */
import { duration, section, size } from "./values.ts";

const load = section("what a load may take", {
  time: duration({ min: "1s", max: "1h" })
    .prefault("2m")
    .meta({ description: "How long reading, checking and compiling everything may take." }),
  // 500 profiles of 250 endpoints with one mistake, whose place is then looked for, take 1.3 GiB.
  memory: size({ min: "64MiB", max: "64GiB" })
    .prefault("2GiB")
    .meta({ description: "Memory for that, the databases themselves aside." }),
  databases: size({ min: "1MiB", max: "16GiB" })
    .prefault("1GiB")
    .meta({ description: "The GeoIP databases together." }),
  // Short records take fifty times their text of memory.
  zoneFiles: size({ min: "64KiB", max: "1GiB" })
    .prefault("32MiB")
    .meta({ description: "The zone files and what they include together." }),
});

export const limitsSchema = section("limits of work", {
  load: load
    .prefault({})
    .meta({ description: "What a load may take, at a start, a reload and a check. One that wants more has failed." }),
});
