/** `geosteer check`: is this configuration good, and if not, what is to mend? Warnings are allowed, but for `--strict`. */
import { problemOf } from "../../app/start-error.ts";
import { counted } from "../../config/counted.ts";
import { loadConfiguration } from "../load-configuration.ts";
import { printProblems, printProblemsAsJson } from "../print-problems.ts";
import { printAside, printText } from "../print-text.ts";

export interface CheckOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
}

export async function check(config: string, { json = false, strict = false }: CheckOptions): Promise<void> {
  const { file, loaded } = await loadConfiguration(config, { warns: true });
  const problems = loaded.ok ? [] : loaded.error;
  const warnings = loaded.ok ? loaded.value.config.warnings.map(problemOf) : [];
  if (problems.length > 0 || (strict && warnings.length > 0)) process.exitCode = 1;
  if (json) {
    const failover = loaded.ok
      ? loaded.value.config.failover.map((time) => ({ ...time, atMost: time.detection + time.ttl }))
      : [];
    return printProblemsAsJson(file, problems, warnings, { failover });
  }
  printProblems(problems);
  printProblems(warnings, "yellow");
  if (problems.length > 0) printAside(`${file}: ${counted(problems.length, "problem")}\n`);
  if (!loaded.ok) return;
  const { zones, outline } = loaded.value;
  const { profiles, endpoints } = outline;
  const said = warnings.length === 0 ? "" : `; ${counted(warnings.length, "warning")}`;
  await printText(
    `${file}: ok (${counted(zones, "zone")}, ${counted(profiles.length, "profile")}, ${counted(endpoints.length, "endpoint")})${said}\n`,
  );
}
