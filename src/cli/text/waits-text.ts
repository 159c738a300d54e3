/** For what a probe target that is degraded waits, in a few words. */
import { counted } from "../../config/counted.ts";
import type { ProbeStatus } from "../../control/control.ts";
import { ageText, spanText } from "./time-text.ts";

/** `recovered 3m ago, waits for failback`; empty where it waits for nothing but its probes. */
export function waitsText({ waits, flaps }: Pick<ProbeStatus, "waits" | "flaps">, now: number): string {
  if (waits === undefined) return "";
  const { recovered, held, damped, failback } = waits;
  const still = (instant: string): string => spanText(Date.parse(instant) - now);
  const forWhat = [
    held === undefined ? "" : `held for ${still(held)}`,
    damped === undefined ? "" : `damped for ${still(damped)} (${counted(flaps, "flap")})`,
    failback === undefined ? "" : failback === "manual" ? "waits for failback" : `fails back in ${still(failback)}`,
  ].filter((part) => part !== "");
  if (recovered === undefined) return forWhat.join(", ");
  // What it waited for is over.
  const then = forWhat.length === 0 ? ["comes back with its next success"] : forWhat;
  return [`recovered ${ageText(recovered, now)} ago`, ...then].join(", ");
}
