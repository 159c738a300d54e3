/** What a degraded probe target waits for before it comes back, as the desk tells it. */
import { flapsLeft } from "../health/damping.ts";
import { waitsOf, type ProbeState, type TargetRules } from "../health/probe-state.ts";
import type { Instant, ProbeWaits } from "./control.ts";
import { instant } from "./describe.ts";

/** Undefined: it is not degraded, or waits for nothing but its probes. */
export function waitsTold(state: ProbeState, rules: TargetRules, now: number): ProbeWaits | undefined {
  if (state.status !== "degraded") return undefined;
  const { held, damped, failback } = waitsOf(state, rules);
  const toCome = (at: number): Instant | undefined => (at > now && Number.isFinite(at) ? instant(at) : undefined);
  const told: ProbeWaits = {
    recovered: state.recovered === undefined ? undefined : instant(state.recovered),
    held: toCome(held),
    damped: toCome(damped),
    failback: rules.failback === "manual" ? "manual" : toCome(failback),
  };
  return Object.values(told).every((one) => one === undefined) ? undefined : told;
}

/** The flaps that count now. */
export function flapsTold({ status, flaps, since }: ProbeState, rules: TargetRules, now: number): number {
  if (rules.damping === undefined) return 0;
  return status === "online" ? flapsLeft(flaps, now - since, rules) : flaps;
}
