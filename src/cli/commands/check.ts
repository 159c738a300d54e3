/** `geosteer check`: is this configuration good, and if not, what is to mend? */
import { loadConfigFile } from "../../app/load-config-file.ts";
import { loadGeoip } from "../../app/load-geoip.ts";
import { printProblems, printProblemsAsJson } from "../print-problems.ts";

export async function check(file: string, { json = false }: { readonly json?: boolean }): Promise<void> {
  const config = await loadConfigFile(file);
  const result = config.ok ? await loadGeoip(config.value) : config;
  if (!result.ok) process.exitCode = 1;
  if (json) return printProblemsAsJson(file, result.ok ? [] : result.error);
  if (!result.ok) {
    printProblems(result.error);
    const { length } = result.error;
    process.stderr.write(`${file}: ${length} ${length === 1 ? "problem" : "problems"}\n`);
    return;
  }
  if (!config.ok) return;
  const { zones, snapshot } = config.value;
  const { profiles, endpoints } = snapshot;
  process.stdout.write(
    `${file}: ok (${zones.length} zones, ${profiles.length} profiles, ${endpoints.length} endpoints)\n`,
  );
}
