/** A process that logs and exits at once: `log-and-exit.ts json|pretty LINES`. */
import { createLogger } from "../../src/telemetry/logger.ts";

const [, , format, lines] = process.argv;
// Node makes a pipe non-blocking once its own stream for it exists, as it does in the real process.
process.stdout.write("");
const logger = createLogger({ pretty: format === "pretty" });
for (let line = 0; line < Number(lines); line++) logger.info({ line }, "one of many lines");
process.exit(0);
