/** `geosteer reload`: has the configuration read again, and tells what changed, or as `check` does why it was refused. */
import { counted } from "../../config/counted.ts";
import type { ReloadOutcome } from "../../control/control.ts";
import { ok } from "../../shared/result.ts";
import { EXIT } from "../exit-codes.ts";
import { printProblems } from "../print-problems.ts";
import { printAside } from "../print-text.ts";
import type { Desk, Ended } from "../remote/desk.ts";
import { changesText } from "../text/changes-text.ts";
import { visible } from "../text/visible.ts";

/** Milliseconds; the server itself gives a load up after `limits.load.time`. */
const PATIENCE = 3_600_000;
/** The status of an outcome that says why it was not taken. */
const NOT_TAKEN = 422;

export async function reload({ client, json, screen, print }: Desk): Promise<Ended> {
  const done = await client.ask<ReloadOutcome>("POST", "/reload", {
    body: {},
    patience: PATIENCE,
    accept: [NOT_TAKEN],
  });
  if (!done.ok) return done;
  const { taken, generation, problems, changes } = done.value;
  if (json) await print(`${JSON.stringify(done.value, null, 2)}\n`);
  else if (taken) {
    await print(`generation ${generation} serves\n${changes === undefined ? "" : changesText(changes, screen)}`);
  } else {
    printProblems(problems.map(({ code, message }) => ({ code: visible(code), message: visible(message) })));
    printAside(`not taken: ${counted(problems.length, "problem")}; generation ${generation} serves on\n`);
  }
  return ok(taken ? EXIT.done : EXIT.failed);
}
