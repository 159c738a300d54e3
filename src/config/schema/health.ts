/** `health`: what holds for the probes of all monitors. */
import { duration, integer, section } from "./values.ts";

export const healthSchema = section("health", {
  // Azure serves endpoints that it has not probed yet at once.
  firstRound: duration({ min: "0s", max: "5m" }).prefault("5s").meta({
    description:
      "How long a start or a reload waits for the first results of new probe targets. Who has none by then is checking, and served.",
  }),
  slowDown: section("a slower pace", {
    after: duration({ min: "1m", max: "30d" }).meta({
      description: "Without a query for the names of a profile, or of one around it, for so long.",
    }),
    factor: integer(2, 100).meta({ description: "So many intervals are from one probe to the next." }),
  })
    .optional()
    .meta({
      description: "Probes endpoints less often that nobody asks for. The first query brings them back.",
      defaultText: "none: all are probed as their monitors say",
    }),
  lastAddress: duration({ min: "0s", max: "1d" }).prefault("10m").meta({
    description:
      "How long the last known addresses of a host are probed while this machine's resolver fails; after that it is not probed.",
  }),
});
