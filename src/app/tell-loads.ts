/** What the log says of loads: warnings, why one is not used, and what a new generation changes that an operator may miss. */
import { isLogged } from "../config/diagnostic-codes.ts";
import type { Logger } from "../shared/ports.ts";
import { commandName } from "./command-name.ts";
import type { Generation } from "./generation.ts";
import type { LoadedGeneration } from "./load/loader.ts";
import { lostPlaces } from "./lost-places.ts";
import { problemOf, type StartError } from "./start-error.ts";

/** Problems that are logged; `geosteer check` tells all. */
const MAX_LOGGED = 20;

/** Settings that are read at a start alone. */
const AT_START = ["listen", "state"] as const;

/** Warnings that a reload may bring without a change of the configuration are logged whole, of all others the number. */
export function tellWarnings({ config: { warnings } }: LoadedGeneration, logger: Logger): void {
  if (warnings.length === 0) return;
  const whole = warnings.filter(({ code }) => isLogged(code)).map(problemOf);
  for (const { code, message } of whole.slice(0, MAX_LOGGED)) {
    logger.warn({ code, problem: message }, "the configuration is used, and has a flaw");
  }
  const codes = [...new Set(warnings.map(({ code }) => code))].toSorted();
  const told = `the configuration has warnings; ${commandName()} check tells them`;
  logger.warn({ warnings: warnings.length, codes }, told);
}

export function tellProblems(problems: StartError, logger: Logger): void {
  for (const { code, message } of problems.slice(0, MAX_LOGGED)) {
    logger.error({ code, problem: message }, "the new configuration is not used");
  }
  const more = problems.length - MAX_LOGGED;
  if (more > 0) logger.error({ more }, `the new configuration has more problems; ${commandName()} check tells them`);
}

export function tellSurprises(before: Generation, after: Generation, logger: Logger): void {
  const [was, is] = [before.config.settings, after.config.settings];
  for (const key of AT_START) {
    if (JSON.stringify(is[key]) !== JSON.stringify(was[key])) {
      logger.warn({}, `a change of ${key} takes effect at the next start`);
    }
  }
  for (const raised of after.config.raised) {
    logger.warn(
      { ...raised },
      "a zone has changed and its serial is not above the one that was served: it is served with a higher one",
    );
  }
  for (const lost of lostPlaces(before.geo.known.share, after.geo.known.share)) {
    logger.warn(
      { ...lost },
      "far fewer addresses have a place than before: is a GeoIP database missing, or one of another kind?",
    );
  }
}
