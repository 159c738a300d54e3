/** Command lines that are wrong: what is said of them, before anything is asked or read. */
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { program } from "../../src/cli/program.ts";

/** The first line of what is said of a command line, which is refused. */
async function refusalOf(...args: readonly string[]): Promise<string> {
  const root = program();
  let said = "";
  for (const command of withSubcommands(root)) {
    command
      .exitOverride()
      .configureOutput({ writeErr: (text) => (said += text) })
      .showHelpAfterError(false);
  }
  await expect(root.parseAsync(args, { from: "user" })).rejects.toThrow(/error|missing|unknown/);
  return said.split("\n")[0]!;
}

function withSubcommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)];
}

test.for([
  [
    ["history", "--since", "24"],
    /'24' is invalid\. not a duration, wanted a whole number and a unit \(ms, s, m, h or d\)/,
  ],
  [["override", "shop/*", "out", "--for", "9999d"], /duration out of range, wanted 1s to 3650d/],
  [["drain", "shop/*", "--over", "1w"], /not a duration, wanted a whole number and a unit/],
  [["override", "shop/*", "off"], /Allowed choices are up, down, out/],
  [["override", "shop/*"], /missing required argument 'action'/],
  [["override", "clear"], /missing required argument 'which'/],
  [["override", "list", "--for", "2h"], /unknown option '--for'/],
  [["probe", "shop"], /Give PROFILE\/ENDPOINT/],
  [["generations", "x"], /Give the number of a generation/],
  [["token", "a b", "read"], /^error: a b: bad name, wanted 1 to 64 letters/],
  [["token", "ada", "write"], /Allowed choices are read, operate, report/],
  [["token", "ada", "read", "shop/fra"], /^error: ada: subjects are for the role report, found read/],
  [["token", "ada", "report"], /^error: ada: no subject to report of, wanted one such as shop\/fra/],
  [["token", "ada", "report", "label:a=b"], /^error: ada: no subject of a report, found label:a=b/],
  [["token", "ada", "report", "a/b,c/d"], /^error: ada: no subject of a report, found a\/b,c\/d/],
  [["report", "shop"], /Give PROFILE\/ENDPOINT or site:NAME/],
  [["report", "shop/fra"], /^error: nothing is reported: give --up, --down or --load/],
  [["report", "shop/fra", "--up", "--down"], /'--up' cannot be used with option '--down'/],
  [["report", "shop/fra", "--load", "70%"], /Give a number from 0 to 10000/],
  [["report", "shop/fra", "--load", "1e99"], /Give a number from 0 to 10000/],
  [["report", "shop/fra", "--up", "--valid-for", "2d"], /duration out of range, wanted 1s to 1d/],
  [["completion", "tcsh"], /Allowed choices are bash, zsh, fish/],
  [["explain", "a.yaml", "b.example", "--client", "192.0.2"], /Give an IPv4 or IPv6 address/],
  [["explain", "a.yaml", "b.example", "--type", "MX"], /Allowed choices are A, AAAA, CNAME/],
  [["stats"], /unknown command 'stats'\s*\(Did you mean status\?\)|unknown command 'stats'/],
] as const)("%j is refused", async ([args, message]) => {
  expect(await refusalOf(...args)).toMatch(message);
});

describe("explain", () => {
  test.for([
    [
      ["a.yaml", "--live", "b.example", "--client", "192.0.2.7"],
      "--live asks the running server: give the name alone, without a.yaml",
    ],
    [
      ["b.example", "--client", "192.0.2.7"],
      "give a configuration before b.example, or --live to ask the running server",
    ],
    [["--live", "--client", "192.0.2.7"], "a name of a profile is missing"],
    [[], "a name of a profile is missing"],
    [["--live", "b.example"], "whose question is it? Give the address of a client: --client 203.0.113.7"],
    [["a.yaml", "b.example"], "whose question is it? Give the address of a client: --client 203.0.113.7"],
    [
      ["a.yaml", "b.example", "--client", "192.0.2.7", "--server", "http://a"],
      "--server, --config and --token-file are for --live, which asks a running server",
    ],
    [["--live", "a..b", "--client", "192.0.2.7"], "a..b: Not a domain name: empty-label."],
  ] as const)("%j", async ([args, message]) => {
    expect(await refusalOf("explain", ...args)).toBe(`error: ${message}`);
  });
});
