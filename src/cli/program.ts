/** All commands with their arguments and options; the table of commands in docs/reference.md is held to this. */
import { Argument, Command, Option } from "commander";
import { ROLES } from "../admin/tokens/role.ts";
import { commandName } from "../app/command-name.ts";
import { VERSION } from "../app/version.ts";
import { collect, ipAddress, question, QUESTIONS } from "./arguments.ts";
import { check } from "./commands/check.ts";
import { completion } from "./commands/completion.ts";
import { demo } from "./commands/demo.ts";
import { explain } from "./commands/explain.ts";
import { regions } from "./commands/regions.ts";
import { FORMATS, residency } from "./commands/residency.ts";
import { schema } from "./commands/schema.ts";
import { serve, type ServeOptions } from "./commands/serve.ts";
import { token } from "./commands/token.ts";
import { SHELLS } from "./completion/table.ts";
import { EXIT, EXIT_CODES } from "./exit-codes.ts";
import { addOptionsOfWhere, addServerCommands, addServerOptions } from "./server-commands.ts";

export function program(): Command {
  const root = new Command("geosteer")
    .description("Authoritative DNS server that steers each client to the nearest living endpoint.")
    .version(VERSION)
    // Options of a command that has commands of its own are not theirs.
    .enablePositionalOptions()
    .addHelpText("after", `\nExit codes:\n${exitCodeLines()}`)
    .showHelpAfterError(`(${commandName()} --help lists the commands)`);

  root
    .command("serve")
    .description("serve a configuration until SIGTERM or SIGINT; files that change are loaded again, on SIGHUP all")
    .argument("<config>", "YAML configuration file")
    .option("--last-good", "where the configuration is broken, serve the one that was served last")
    .action(async (config: string, options: ServeOptions) => {
      await serve(config, options);
    });

  root
    .command("check")
    .description("print every problem of a configuration, with exit code 1, and warnings of what is seldom meant")
    .argument("<config>", "YAML configuration file; - is standard input")
    .option("--strict", "exit with 1 where there is a warning too")
    .option("--json", "print problems and warnings as JSON")
    .action(check);

  addServerOptions(root.command("explain"))
    .description(
      "show step by step how a name is answered for a client: by a configuration, or with --live by a running server",
    )
    .usage("[options] <config> <name>\n       geosteer explain [options] --live <name>")
    .argument("[config]", "YAML configuration file; - is standard input; none with --live")
    .argument("[name]", "a name of a profile")
    .option("--live", "ask a running server, with the health that endpoints have there")
    .option("--client <ip>", "address of the client", ipAddress)
    .option("--resolver <ip>", "address of the resolver that asks for it; without, the client asks itself", ipAddress)
    .option("--no-subnet", "the query has no client subnet, so that the resolver's place decides")
    .addOption(new Option("--type <type>", "query type").choices(QUESTIONS).argParser(question).default("A"))
    .option("--down <profile/endpoint>", "take this endpoint for degraded; may be given several times", collect, [])
    .action(explain);

  const report = root
    .command("residency")
    .description(
      "report which clients may get which endpoints under residency rules, and whether these hold; exit code 1 where one fails",
    )
    .argument("<config>", "YAML configuration file; - is standard input")
    .option("--rule <name>", "of this rule alone")
    .option(
      "--verify",
      "look the addresses of labelled endpoints up in the databases, and warn where they are elsewhere",
    )
    .addOption(new Option("--format <format>", "what it is written as").choices(FORMATS).default("text"))
    .option("--output <file>", "where it is written; else standard output");
  addOptionsOfWhere(report, ["--server", "--token-file"]).action(residency);

  root
    .command("regions")
    .description("list the regions and what they hold, or tell of one: WORLD, GEO-EU, EU, DE, DE-BY, azure:westeurope")
    .argument("[code]", "a region's code, a cloud's region, or azure, aws or gcp")
    .option("--json", "print them as JSON")
    .action(regions);

  addServerCommands(root);

  root
    .command("token")
    .description("make a token for the HTTP API: print it, once, and its line for the file of api.tokens")
    .argument("<name>", "whose it is; what is done with it is told by this name")
    .addArgument(new Argument("<role>", "what it allows: operate includes read and report").choices(ROLES))
    .argument("[subjects...]", "report: of what, as shop/munich, shop/* or site:munich")
    .option("--json", "print both as JSON")
    .action(token);

  root.command("schema").description("print the JSON Schema of the configuration").action(schema);

  root
    .command("completion")
    .description("print the completion of commands and options for a shell; its first lines say where it goes")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .action((shell: (typeof SHELLS)[number]) => completion(root, shell));

  root.command("demo").description("serve the demo configuration and three small local backends").action(demo);

  for (const command of withSubcommands(root)) {
    command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.done : EXIT.usage));
  }
  return root;
}

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

function exitCodeLines(): string {
  return Object.entries(EXIT_CODES)
    .map(([code, meaning]) => `  ${code}  ${meaning}`)
    .join("\n");
}
