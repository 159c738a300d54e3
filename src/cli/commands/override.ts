/** `geosteer override` and `geosteer drain`: an operator's word on endpoints; what is set, and how it is taken back. */
import type { Cleared, OverridePlan, OverrideStatus } from "../../control/control.ts";
import { commandName } from "../../app/command-name.ts";
import { ok } from "../../shared/result.ts";
import type { OverrideAction } from "../../state/override.ts";
import { EXIT } from "../exit-codes.ts";
import { printProblems } from "../print-problems.ts";
import { printAside } from "../print-text.ts";
import type { Desk, DeskOptions, Ended } from "../remote/desk.ts";
import { overrideColumns, overrideLine, planText } from "../text/override-text.ts";
import { createTable } from "../text/table-text.ts";

export interface OverrideOptions extends DeskOptions {
  readonly for?: string;
  readonly over?: string;
  readonly reason?: string;
  readonly pending?: boolean;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

export async function override(
  desk: Desk,
  pattern: string,
  action: OverrideAction,
  { for: time, over, reason, pending = false, force = false, dryRun = false }: OverrideOptions,
): Promise<Ended> {
  const { client, json, screen, print, now } = desk;
  const body = { pattern, action, for: time, over, reason, pending, force, dryRun };
  const done = await client.ask<OverridePlan & { readonly override?: OverrideStatus }>("POST", "/overrides", { body });
  if (!done.ok) return done;
  const { override: set, ...plan } = done.value;
  if (json) await print(`${JSON.stringify(done.value, null, 2)}\n`);
  else if (set === undefined) await print(`${planText(plan, screen)}\nnothing was set: this was a dry run\n`);
  else
    await print(
      `${planText(plan, screen)}\n${overrideLine(set, now())}; geosteer override clear ${set.id} takes it back\n`,
    );
  if (set?.kept === false)
    printAside(`it holds, and is not kept: a restart forgets it; ${commandName()} status says why\n`);
  if (!dryRun || plan.emptied === 0 || force) return ok(EXIT.done);
  if (!json) printProblems([{ code: "would-empty", message: "it would be refused: --force sets it nevertheless" }]);
  return ok(EXIT.failed);
}

/** `drain PATTERN` is `override PATTERN drain`, which is no word of the command line: it wants a time. */
export function drain(desk: Desk, pattern: string, options: OverrideOptions): Promise<Ended> {
  return override(desk, pattern, "drain", options);
}

export async function listOverrides({ client, json, screen, print, now }: Desk): Promise<Ended> {
  const all = await client.ask<{ readonly items: readonly OverrideStatus[] }>("GET", "/overrides");
  if (!all.ok) return all;
  const { items } = all.value;
  if (json) await print(`${JSON.stringify(items, null, 2)}\n`);
  else
    await print(items.length === 0 ? "no override is set\n" : createTable(overrideColumns(now()), screen).rows(items));
  return ok(EXIT.done);
}

/** All digits is an id: no profile's name is. */
export async function clearOverride({ client, json, print, now }: Desk, which: string): Promise<Ended> {
  const done = await (/^\d+$/.test(which)
    ? client.ask<Cleared>("DELETE", `/overrides/${which}`)
    : client.ask<Cleared>("DELETE", "/overrides", { query: { pattern: which } }));
  if (!done.ok) return done;
  const { cleared, kept } = done.value;
  if (json) await print(`${JSON.stringify(done.value, null, 2)}\n`);
  else await print(cleared.map((one) => `cleared ${overrideLine(one, now())}\n`).join(""));
  if (!kept) printAside(`that is not kept: after a restart they are back; ${commandName()} status says why\n`);
  return ok(EXIT.done);
}
