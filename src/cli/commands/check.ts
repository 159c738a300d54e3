/** `geosteer check`: is this configuration good, and if not, what is to mend? Warnings are allowed, but for `--strict`. */
import { loadConfigFile, problemOf } from "../../app/load-config-file.ts";
import { loadGeoip } from "../../app/load-geoip.ts";
import { counted } from "../../config/counted.ts";
import { printProblems, printProblemsAsJson } from "../print-problems.ts";

export interface CheckOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
}

export async function check(file: string, { json = false, strict = false }: CheckOptions): Promise<void> {
  const config = await loadConfigFile(file, { warns: true });
  const result = config.ok ? await loadGeoip(config.value) : config;
  const problems = result.ok ? [] : result.error;
  const warnings = config.ok ? config.value.warnings.map(problemOf) : [];
  if (problems.length > 0 || (strict && warnings.length > 0)) process.exitCode = 1;
  if (json) return printProblemsAsJson(file, problems, warnings);
  printProblems(problems);
  printProblems(warnings, "yellow");
  if (problems.length > 0) process.stderr.write(`${file}: ${counted(problems.length, "problem")}\n`);
  if (!result.ok || !config.ok) return;
  const { zones, snapshot } = config.value;
  const { profiles, endpoints } = snapshot;
  const said = warnings.length === 0 ? "" : `; ${counted(warnings.length, "warning")}`;
  process.stdout.write(
    `${file}: ok (${zones.length} zones, ${profiles.length} profiles, ${endpoints.length} endpoints)${said}\n`,
  );
}
