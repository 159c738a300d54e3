/** `geosteer probe`: has an endpoint probed now, which counts as any other probe does. */
import type { ProbeReport } from "../../control/control.ts";
import { ok } from "../../shared/result.ts";
import { EXIT } from "../exit-codes.ts";
import type { Desk, Ended } from "../remote/desk.ts";
import { STATUS_STYLES } from "../text/status-text.ts";
import { visible } from "../text/visible.ts";

/** Milliseconds; a monitor's time-out is no longer. */
const PATIENCE = 120_000;

export async function probe({ client, json, screen, print }: Desk, endpoint: string): Promise<Ended> {
  const done = await client.ask<ProbeReport>("POST", "/probe", { body: { endpoint }, patience: PATIENCE });
  if (!done.ok) return done;
  const { target, ok: isGood, milliseconds, reason, status } = done.value;
  const style = STATUS_STYLES[status];
  const found = isGood
    ? screen.paint("green", "ok")
    : screen.paint("red", `failed: ${visible(reason ?? "no reason is told")}`);
  const text = `${visible(endpoint)}: ${found} after ${Math.round(milliseconds)} ms (${visible(target)}); it is ${
    style === undefined ? status : screen.paint(style, status)
  }\n`;
  await print(json ? `${JSON.stringify(done.value, null, 2)}\n` : text);
  return ok(isGood ? EXIT.done : EXIT.failed);
}
