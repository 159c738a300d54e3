/** The commands that ask a running server, and the options by which all of them find it. docs/commands.md tells of them. */
import { Argument, Command, Option } from "commander";
import { duration, durationText, endpointName, generationNumber, percent, reportSubject } from "./arguments.ts";
import { audit } from "./commands/audit.ts";
import { failback } from "./commands/failback.ts";
import { generations } from "./commands/generations.ts";
import { history } from "./commands/history.ts";
import { listNotices, testNotices } from "./commands/notices.ts";
import { clearOverride, drain, listOverrides, override } from "./commands/override.ts";
import { probe } from "./commands/probe.ts";
import { report, type ReportOptions } from "./commands/report.ts";
import { reload } from "./commands/reload.ts";
import { status } from "./commands/status.ts";
import { atDesk } from "./remote/desk.ts";

/** The heading of the options by which a server is found; they are the same for all commands. */
export const SERVER_OPTIONS = "The server that is asked:";

/** As the API has them. */
const OVERRIDE_TIME = { min: "1s", max: "3650d" };
const DRAIN_TIME = { min: "0s", max: "365d" };
const REPORT_TIME = { min: "1s", max: "1d" };
const HISTORY_TIME = { min: "1s", max: "3650d" };

export function addServerCommands(root: Command): void {
  addServerOptions(root.command("status"))
    .description(
      "show how a running server is, those in trouble first; or the endpoints of a profile or a site, or one",
    )
    .argument("[subject]", "PROFILE, PROFILE/ENDPOINT or site:NAME")
    .option("--all", "list all profiles")
    .option("--watch", "go on showing it, until q or Ctrl-C")
    .action(atDesk(status));

  addServerOptions(root.command("history"))
    .description("list when endpoints and profiles changed their status, and why")
    .argument("[subject]", "PROFILE or PROFILE/ENDPOINT")
    .addOption(new Option("--since <duration>", "how far back: 24h, 30m, 7d").argParser(duration(HISTORY_TIME)))
    .action(atDesk(history));

  addServerOptions(root.command("generations"))
    .description(
      "list the configurations that were served, print the text of one, or what one has that another has not",
    )
    .argument("[number]", "generation whose text is printed", generationNumber)
    .argument("[other]", "generation that it is compared with", generationNumber)
    .option("--all", "list all that are kept, not the latest alone")
    .action(atDesk(generations));

  addServerOptions(root.command("reload"))
    .description("have the configuration read again; what is wrong with it is printed, with exit code 1")
    .action(atDesk(reload));

  addServerOptions(root.command("probe"))
    .description("probe an endpoint now, which counts as any other probe does; exit code 1 where it fails")
    .argument("<endpoint>", "PROFILE/ENDPOINT", endpointName)
    .action(atDesk(probe));

  addServerOptions(root.command("failback"))
    .description(
      "have an endpoint come back now that has recovered, whatever it waits for; exit code 1 where it has not",
    )
    .argument("<endpoint>", "PROFILE/ENDPOINT", endpointName)
    .action(atDesk(failback));

  addServerOptions(root.command("report"))
    .description("report whether an endpoint, or all at a site, is up, or its load; monitors of protocol push go by it")
    .argument("<subject>", "PROFILE/ENDPOINT or site:NAME", reportSubject)
    .addOption(new Option("--up", "it is up").conflicts("down"))
    .option("--down", "it is down")
    .addOption(new Option("--load <percent>", "its load in per cent").argParser(percent))
    .option("--reason <text>", "why, which is shown with the failure")
    .addOption(
      new Option("--valid-for <duration>", "how long it counts; no longer than the monitor's validFor").argParser(
        durationText(REPORT_TIME),
      ),
    )
    .hook("preAction", (command) => {
      const { up, down, load } = command.opts<ReportOptions>();
      if (up === undefined && down === undefined && load === undefined) {
        command.error("error: nothing is reported: give --up, --down or --load");
      }
    })
    .action(atDesk(report));

  addOverrideCommands(root);

  const notices = addServerOptions(root.command("notices").helpCommand(false).enablePositionalOptions())
    .description("list the webhooks that are told what goes down and comes back, and what is wrong with them")
    .action(atDesk(listNotices));
  addServerOptions(notices.command("test"))
    .description("send a test message to a webhook now, or to all; exit code 1 where one does not take it")
    .argument("[notice]", "name of a notice")
    .action(atDesk(testNotices));

  addServerOptions(root.command("audit"))
    .description("list who changed what, from where, and what came of it")
    .action(atDesk(audit));
}

function addOverrideCommands(root: Command): void {
  const set = addServerOptions(setting(root.command("override").helpCommand(false).enablePositionalOptions()))
    .description("force endpoints: up serves them whatever probes say, down only where all are down, out never")
    .argument("<pattern>", PATTERN)
    .addArgument(new Argument("<action>", "what they are to be").choices(["up", "down", "out"]))
    .action(atDesk(override));
  addServerOptions(set.command("list")).description("list the overrides that are set").action(atDesk(listOverrides));
  addServerOptions(set.command("clear"))
    .description("take an override back, or all with a pattern")
    .argument("<which>", "id or pattern, as geosteer override list shows them")
    .action(atDesk(clearOverride));

  addServerOptions(
    setting(root.command("drain")).addOption(
      new Option("--over <duration>", "how long it takes until nothing is left")
        .argParser(durationText(DRAIN_TIME))
        .default("10m"),
    ),
  )
    .description("let the share of endpoints fall to nothing over a time, then take them out")
    .argument("<pattern>", PATTERN)
    .action(atDesk(drain));
}

const PATTERN = "shop/munich, shop/*, site:munich or label:provider=azure";

/** The options of what is set on endpoints. */
function setting(command: Command): Command {
  return command
    .addOption(
      new Option("--for <duration>", "when it ends by itself: 2h, 30m; without, when it is cleared").argParser(
        durationText(OVERRIDE_TIME),
      ),
    )
    .option("--reason <text>", "why, for those who find it")
    .option("--pending", "allow a pattern that matches nothing yet")
    .option("--force", "allow that a profile is left without an endpoint")
    .option("--dry-run", "print what it would do, and do nothing");
}

/** `--json` as any command has it, and by what the server is found. */
export function addServerOptions(command: Command): Command {
  return addOptionsOfWhere(command.option("--json", "print it as JSON"));
}

/** By what the server is found; `names`: those options alone. */
export function addOptionsOfWhere(command: Command, names?: readonly string[]): Command {
  for (const [flags, description] of WHERE) {
    if (names !== undefined && !names.includes(flags.split(" ")[0]!)) continue;
    command.addOption(new Option(flags, description).helpGroup(SERVER_OPTIONS));
  }
  return command;
}

const WHERE = [
  ["--server <address>", "http://HOST:PORT, https://HOST:PORT or unix:PATH; else GEOSTEER_SERVER"],
  ["--config <file>", "configuration whose control socket is asked; else geosteer.yaml here, then in /etc/geosteer"],
  ["--token-file <file>", "file that holds a token; else GEOSTEER_TOKEN"],
] as const;
