/**
 * `geosteer explain`: one decision, step by step, from the same engine and tables as the server. It asks no running
 * server: every endpoint counts as online unless `--down` names it.
 */
import { explainName, type NameQuestion } from "../../app/explain-name.ts";
import { probedView } from "../../routing/health-view.ts";
import type { Problem } from "../../app/start-error.ts";
import { readSnapshot } from "../../server/threads/posted-snapshot.ts";
import { explanationText } from "../explanation-text.ts";
import { loadConfiguration } from "../load-configuration.ts";
import { printProblems, printProblemsAsJson } from "../print-problems.ts";

export interface ExplainOptions extends Omit<NameQuestion, "name" | "resolver"> {
  readonly resolver?: NameQuestion["resolver"];
  readonly json?: boolean;
}

export async function explain(
  named: string,
  name: string,
  { json = false, resolver, ...options }: ExplainOptions,
): Promise<void> {
  const { file, loaded } = await loadConfiguration(named, { warns: false });
  const fail = (problems: readonly Problem[]): void => {
    process.exitCode = 1;
    if (json) printProblemsAsJson(file, problems);
    else printProblems(problems);
  };

  if (!loaded.ok) return fail(loaded.error);
  const { settings } = loaded.value.config;
  const config = { settings, snapshot: readSnapshot(loaded.value.snapshot) };
  const explained = explainName(
    { config, table: loaded.value.geo.table, health: probedView(() => "online") },
    { ...options, name, resolver },
  );
  if (!explained.ok) return fail(explained.error);
  process.stdout.write(
    json ? `${JSON.stringify({ name, ...explained.value }, null, 2)}\n` : explanationText(name, explained.value),
  );
}
