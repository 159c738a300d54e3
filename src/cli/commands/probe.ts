/** `geosteer probe`: has all targets of an endpoint probed now, which counts as any other probes do. */
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
  const { status, probes } = done.value;
  const style = STATUS_STYLES[status];
  const lines = probes.map(({ monitor, target, ok: isGood, milliseconds, code, reason }) => {
    const what = code === "not-probed" ? "not probed" : "failed";
    const found = isGood
      ? screen.paint("green", "ok")
      : screen.paint("red", `${what}: ${visible(reason ?? "no reason is told")}`);
    return `${visible(`${target} (${monitor})`)}: ${found} after ${Math.round(milliseconds)} ms\n`;
  });
  const text = `${lines.join("")}${visible(endpoint)} is ${style === undefined ? status : screen.paint(style, status)}\n`;
  await print(json ? `${JSON.stringify(done.value, null, 2)}\n` : text);
  return ok(probes.every((one) => one.ok) ? EXIT.done : EXIT.failed);
}
