/**
 * `geosteer explain`: one decision, step by step, from the same engine and tables as the server: of a configuration, where
 * every endpoint counts as online unless `--down` names it, or with `--live` of a running server, with the health of now.
 */
import type { Command } from "commander";
import { explainName, type NameQuestion } from "../../app/explain-name.ts";
import { probedView } from "../../routing/health-view.ts";
import type { Problem } from "../../app/start-error.ts";
import type { Explained } from "../../control/control.ts";
import { readSnapshot } from "../../server/threads/posted-snapshot.ts";
import { formatIpAddress, type IpAddress } from "../../shared/ip-address.ts";
import { ok } from "../../shared/result.ts";
import { domainName } from "../arguments.ts";
import { EXIT } from "../exit-codes.ts";
import { explanationText } from "../explanation-text.ts";
import { loadConfiguration } from "../load-configuration.ts";
import { printProblems, printProblemsAsJson } from "../print-problems.ts";
import { printJson, printText } from "../print-text.ts";
import { atDesk, type Desk, type DeskOptions, type Ended } from "../remote/desk.ts";

export interface ExplainOptions extends DeskOptions, Pick<NameQuestion, "type" | "down"> {
  readonly live?: boolean;
  readonly client?: IpAddress;
  readonly resolver?: IpAddress;
  /** false with `--no-subnet`. */
  readonly subnet: boolean;
}

/** `first`, `second`: configuration and name; with `--live` the name alone. */
export async function explain(
  first: string | undefined,
  second: string | undefined,
  options: ExplainOptions,
  command: Command,
): Promise<void> {
  const { live = false, client, server, config, tokenFile } = options;
  const wrong = (what: string): never => command.error(`error: ${what}`);
  if (live && second !== undefined) wrong(`--live asks the running server: give the name alone, without ${first}`);
  const name = live ? first : second;
  if (name === undefined) {
    const hint =
      first === undefined || live
        ? "a name of a profile is missing"
        : `give a configuration before ${first}, or --live to ask the running server`;
    wrong(hint);
  }
  if (!live && [server, config, tokenFile].some((option) => option !== undefined)) {
    wrong("--server, --config and --token-file are for --live, which asks a running server");
  }
  if (client === undefined) return wrong("whose question is it? Give the address of a client: --client 203.0.113.7");
  const asked: Asked = { ...options, client, name: nameOf(name!, command) };
  await (live ? atDesk(explainLive)(asked, command) : explainConfiguration(first!, asked));
}

type Asked = ExplainOptions & Pick<NameQuestion, "name" | "client">;

function nameOf(text: string, command: Command): string {
  try {
    return domainName(text);
  } catch (cause) {
    return command.error(`error: ${text}: ${(cause as Error).message}`);
  }
}

async function explainLive({ client: server, json, print, screen }: Desk, asked: Asked): Promise<Ended> {
  const { name, type, client, resolver, subnet, down } = asked;
  const query = {
    name,
    type,
    client: formatIpAddress(client),
    resolver: resolver && formatIpAddress(resolver),
    subnet: subnet ? undefined : "false",
    down,
  };
  const found = await server.ask<Explained>("GET", "/explain", { query });
  if (!found.ok) return found;
  if (json) await print(`${JSON.stringify(found.value, null, 2)}\n`);
  else {
    const of = `${screen.paint("bold", "Generation")}  ${found.value.generation} of ${server.server}\n`;
    await print(explanationText(found.value, subnet) + of);
  }
  return ok(EXIT.done);
}

async function explainConfiguration(configuration: string, asked: Asked): Promise<void> {
  const { json = false, name, type, client, resolver, subnet, down } = asked;
  const { file, loaded } = await loadConfiguration(configuration, { warns: false });
  const fail = (problems: readonly Problem[]): Promise<void> | void => {
    process.exitCode = EXIT.failed;
    return json ? printProblemsAsJson(file, problems) : printProblems(problems);
  };

  if (!loaded.ok) return fail(loaded.error);
  const { settings } = loaded.value.config;
  const config = { settings, snapshot: readSnapshot(loaded.value.snapshot) };
  const { names, geo } = loaded.value;
  const health = probedView(() => "online");
  const source = { config, names, table: geo.table, health };
  const explained = explainName(source, { name, type, client, resolver, subnet, down });
  if (!explained.ok) return fail(explained.error);
  await (json
    ? printJson({ name, ...explained.value })
    : printText(explanationText({ name, ...explained.value }, subnet)));
}
