/**
 * What every command against a running server is given, and how it ends: found server, options, screen, and one place
 * where a failure becomes a line and an exit code.
 */
import type { Command } from "commander";
import type { Result } from "../../shared/result.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { printProblems } from "../print-problems.ts";
import { printJson, printText } from "../print-text.ts";
import { type Screen, screenOf } from "../text/screen.ts";
import { visible } from "../text/visible.ts";
import { workingFolder } from "../working-folder.ts";
import type { Failure } from "./failure.ts";
import { findServer, type ServerOptions } from "./find-server.ts";
import { type Client, createClient } from "./http-client.ts";

export interface Desk {
  readonly client: Client;
  readonly json: boolean;
  readonly screen: Screen;
  /** Resolves when there is room for more. */
  readonly print: (text: string) => Promise<void>;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

export type Ended = Result<ExitCode, Failure>;

export interface DeskOptions extends ServerOptions {
  readonly json?: boolean;
}

/** The action of a command that asks a server. */
export function atDesk<Args extends readonly unknown[]>(
  act: (desk: Desk, ...args: Args) => Promise<Ended>,
): (...given: [...args: Args, command: Command]) => Promise<void> {
  return async (...given) => {
    const options = (given.at(-1) as Command).optsWithGlobals<DeskOptions>();
    const json = options.json ?? false;
    const found = findServer(options, { env: process.env, folder: workingFolder() });
    const ended = found.ok
      ? await act(
          {
            client: createClient(found.value),
            json,
            screen: screenOf(process.stdout),
            print: printText,
            now: Date.now,
          },
          ...([...given.slice(0, -2), { ...(given.at(-2) as object), ...options }] as unknown as Args),
        )
      : found;
    process.exitCode = ended.ok ? ended.value : ended.error.exit;
    if (!ended.ok) await tell(ended.error, json);
  };
}

/** A failure as `check` tells problems. */
async function tell({ code, message, exit }: Failure, json: boolean): Promise<void> {
  const problems = [{ code, message: visible(message) }];
  if (json && exit !== EXIT.usage) await printJson({ ok: false, problems });
  else printProblems(problems);
}
