/** `geosteer failback`: has an endpoint come back that has recovered, whatever it waits for. */
import type { FailbackReport, FailbackResult } from "../../control/control.ts";
import { ok } from "../../shared/result.ts";
import { EXIT } from "../exit-codes.ts";
import type { Desk, Ended } from "../remote/desk.ts";
import type { Screen } from "../text/screen.ts";
import { STATUS_STYLES } from "../text/status-text.ts";
import { visible } from "../text/visible.ts";

export async function failback({ client, json, screen, print }: Desk, endpoint: string): Promise<Ended> {
  const path = endpoint.split("/").map(encodeURIComponent).join("/");
  const done = await client.ask<FailbackReport>("POST", `/endpoints/${path}/failback`, { body: {} });
  if (!done.ok) return done;
  const { status, targets } = done.value;
  const style = STATUS_STYLES[status];
  const text = `${targets.map((one) => targetText(one, screen)).join("")}${visible(endpoint)} is ${
    style === undefined ? status : screen.paint(style, status)
  }\n`;
  await print(json ? `${JSON.stringify(done.value, null, 2)}\n` : text);
  return ok(EXIT.done);
}

function targetText({ monitor, target, back, reason, shared, sharedCount }: FailbackResult, { paint }: Screen): string {
  const what = back ? paint("green", "back") : `not back: ${visible(reason ?? "no reason is told")}`;
  const more = sharedCount > shared.length ? ` and ${sharedCount - shared.length} more` : "";
  const others = sharedCount === 0 ? "" : `, for ${shared.map(visible).join(", ")}${more} too`;
  return `${visible(`${target} (${monitor})`)}: ${what}${others}\n`;
}
