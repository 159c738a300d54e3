/**
 * Monitors that ask another than the host: a program (exec), a Prometheus server, or nobody (push). That a program is
 * not there is a warning, of `impossible-probes.ts`: it may come later.
 */
import { isPlaceholder, placeholdersIn, PLACEHOLDERS_TEXT } from "../../shared/placeholders.ts";
import type { Report } from "../diagnostic.ts";
import type { Path } from "../path.ts";
import { protocols } from "../protocols/table.ts";
import type { MonitorConfig } from "../schema/config.ts";
import type { Check } from "./check.ts";

export const checkOutsideMonitors: Check = ({ parts }, report) => {
  for (const [name, monitor] of Object.entries(parts.monitors)) {
    const path = ["monitors", name];
    const { protocol, port, command = [], expression } = monitor;
    if (protocol === undefined) continue;
    if (protocols[protocol].isPortless === true && port !== undefined) {
      const at = { path: [...path, "port"], atKey: true };
      report({ ...at, code: "misplaced-key", what: `port means nothing for protocol ${protocol}`, wanted: "no port" });
    }
    checkProgram([...path, "command"], command, report);
    for (const [i, argument] of command.entries()) checkText([...path, "command", i], argument, monitor, report);
    if (expression !== undefined) checkText([...path, "expression"], expression, monitor, report);
    checkBounds(path, monitor, report);
  }
};

function checkProgram(path: Path, [program]: readonly string[], report: Report): void {
  if (program === undefined || program.startsWith("/")) return;
  report({
    code: "bad-text",
    path: [...path, 0],
    what: "not the path of a program",
    wanted: "one that begins with /: no folder is searched",
  });
}

function checkText(path: Path, text: string, { port }: MonitorConfig, report: Report): void {
  const written = placeholdersIn(text);
  const unknown = written.find((one) => !isPlaceholder(one));
  if (unknown !== undefined) {
    const what = `nothing is known to stand for ${unknown}`;
    report({ code: "bad-text", path, what, wanted: `${PLACEHOLDERS_TEXT}, or %%{ for %{ itself` });
  }
  if (port !== undefined || !written.includes("%{port}")) return;
  const at = [...path.slice(0, 2), "port"];
  report({ code: "missing-key", path: at, what: "missing key", wanted: "port, for which %{port} stands" });
}

function checkBounds(path: Path, { above, below }: MonitorConfig, report: Report): void {
  if (above === undefined || below === undefined || above < below) return;
  report({
    code: "out-of-range",
    path: [...path, "above"],
    because: [
      [...path, "above"],
      [...path, "below"],
    ],
    what: "no value is above the one and below the other",
    wanted: `less than ${below}`,
  });
}
