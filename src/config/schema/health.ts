/** `health`: what holds for the probes of all monitors. */
import { duration, section } from "./values.ts";

export const healthSchema = section("health", {
  // Azure serves endpoints that it has not probed yet at once.
  firstRound: duration({ min: "0s", max: "5m" }).prefault("5s").meta({
    description:
      "How long a start or a reload waits for the first results of new probe targets. Who has none by then is checking, and served.",
  }),
  lastAddress: duration({ min: "0s", max: "1d" }).prefault("10m").meta({
    description:
      "How long the last known addresses of a host are probed while this machine's resolver fails; after that it is not probed.",
  }),
});
