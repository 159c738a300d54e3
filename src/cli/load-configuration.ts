/** The configuration that a command names: the path of a file, or `-` for standard input. */
import { createLoader, type LoadedGeneration } from "../app/load/loader.ts";
import { readStandardInput, STANDARD_INPUT } from "../app/load/read-standard-input.ts";
import type { StartError } from "../app/start-error.ts";
import type { Result } from "../shared/result.ts";
import { workingFolder } from "./working-folder.ts";

export interface NamedLoad {
  /** What the configuration is called in messages. */
  readonly file: string;
  readonly loaded: Result<LoadedGeneration, StartError>;
}

/** `warns`: whether the warnings are read. `reports`: whether a report is made, of what was read too. */
export async function loadConfiguration(
  name: string,
  { warns, reports = false }: { readonly warns: boolean; readonly reports?: boolean },
): Promise<NamedLoad> {
  const loader = createLoader({ folder: workingFolder() });
  const request = { served: [], warns, reports, archives: reports };
  if (name !== "-") return { file: name, loaded: await loader.load({ file: name, ...request }) };
  const file = STANDARD_INPUT;
  const read = await readStandardInput(process.stdin);
  if (!read.ok) return { file, loaded: read };
  return { file, loaded: await loader.load({ file, octets: read.value, ...request }) };
}
