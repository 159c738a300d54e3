/** All commands with their arguments and options; the table of commands in docs/reference.md is held to this. */
import { Command, InvalidArgumentError, Option } from "commander";
import { commandName } from "../app/command-name.ts";
import { VERSION } from "../app/version.ts";
import { parseDomainName } from "../shared/domain-name.ts";
import { parseIpAddress, type IpAddress } from "../shared/ip-address.ts";
import { check } from "./commands/check.ts";
import { demo } from "./commands/demo.ts";
import { explain } from "./commands/explain.ts";
import { regions } from "./commands/regions.ts";
import { schema } from "./commands/schema.ts";
import { serve } from "./commands/serve.ts";

/** Exit code of a wrong command line; a command that fails exits with 1. */
const USAGE = 2;

export function program(): Command {
  const root = new Command("geosteer")
    .description("Authoritative DNS server that steers each client to the nearest living endpoint.")
    .version(VERSION)
    .showHelpAfterError(`(${commandName()} --help lists the commands)`);

  root
    .command("serve")
    .description("serve a configuration until SIGTERM or SIGINT; files that change are loaded again, on SIGHUP all")
    .argument("<config>", "YAML configuration file")
    .action(async (config: string) => {
      await serve(config);
    });

  root
    .command("check")
    .description("print every problem of a configuration, with exit code 1, and warnings of what is seldom meant")
    .argument("<config>", "YAML configuration file; - is standard input")
    .option("--strict", "exit with 1 where there is a warning too")
    .option("--json", "print problems and warnings as JSON")
    .action(check);

  root
    .command("explain")
    .description("show step by step how a name is answered for a client")
    .argument("<config>", "YAML configuration file; - is standard input")
    .argument("<name>", "a name of a profile", domainName)
    .requiredOption("--client <ip>", "address of the client", ipAddress)
    .option("--resolver <ip>", "address of the resolver that asks for it; without, the client asks itself", ipAddress)
    .addOption(new Option("--type <type>", "query type").choices(["A", "AAAA", "CNAME"]).default("A"))
    .option("--down <profile/endpoint>", "take this endpoint for degraded; may be given several times", collect, [])
    .option("--json", "print the steps as JSON")
    .action(explain);

  root
    .command("regions")
    .description("list the regions and what they hold, or tell of one: WORLD, GEO-EU, EU, DE, DE-BY, azure:westeurope")
    .argument("[code]", "a region's code, a cloud's region, or azure, aws or gcp")
    .option("--json", "print them as JSON")
    .action(regions);

  root.command("schema").description("print the JSON Schema of the configuration").action(schema);

  root.command("demo").description("serve the demo configuration and three small local backends").action(demo);

  for (const command of [root, ...root.commands]) {
    command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE));
  }
  return root;
}

function domainName(text: string): string {
  const parsed = parseDomainName(text);
  if (typeof parsed === "string") throw new InvalidArgumentError(`Not a domain name: ${parsed}.`);
  return parsed.name;
}

function ipAddress(text: string): IpAddress {
  const address = parseIpAddress(text);
  if (address === undefined) throw new InvalidArgumentError("Give an IPv4 or IPv6 address, such as 203.0.113.7.");
  return address;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
