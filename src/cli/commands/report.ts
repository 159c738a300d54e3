/** `geosteer report`: tells a running server whether an endpoint is up, or its load, for whoever has no HTTP client at hand. */
import type { Reported } from "../../control/control.ts";
import { ok } from "../../shared/result.ts";
import { EXIT } from "../exit-codes.ts";
import type { Desk, DeskOptions, Ended } from "../remote/desk.ts";
import { visible } from "../text/visible.ts";

/** At least one of `up`, `down` and `load`. */
export interface ReportOptions extends DeskOptions {
  readonly up?: boolean;
  readonly down?: boolean;
  readonly load?: number;
  readonly reason?: string;
  readonly validFor?: string;
}

export async function report(
  { client, json, print }: Desk,
  subject: string,
  { up, down, load, reason, validFor }: ReportOptions,
): Promise<Ended> {
  const isUp = down === true ? false : up;
  const body = { subject, up: isUp, load, reason, validFor };
  const done = await client.ask<Reported>("POST", "/reports", { body });
  if (!done.ok) return done;
  const { probes } = done.value;
  const nobody = isUp !== undefined && probes === 0 ? "; no monitor of protocol push looks at it" : "";
  const what = [isUp === undefined ? [] : isUp ? "up" : "down", load === undefined ? [] : `load ${load} %`].flat();
  const text = `${visible(subject)}: reported ${what.join(", ")}${nobody}\n`;
  await print(json ? `${JSON.stringify(done.value, null, 2)}\n` : text);
  return ok(EXIT.done);
}
