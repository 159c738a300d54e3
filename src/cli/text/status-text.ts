/** A status and counts of them, in the colours that all commands use. */
import type { Counts } from "../../control/control.ts";
import { STATUSES, type Status } from "../../routing/health-view.ts";
import type { Paint } from "./screen.ts";

type Style = Parameters<Paint>[0];

export const STATUS_STYLES: Readonly<Record<Status, Style | undefined>> = {
  online: "green",
  degraded: "red",
  checking: "yellow",
  disabled: "dim",
  inactive: "yellow",
  stopped: "dim",
  unmonitored: undefined,
};

/** `2 degraded, 10 online`: what wants attention first. */
export function countsText(counts: Counts, paint: Paint): string {
  const order: readonly Status[] = ["degraded", ...STATUSES.filter((status) => status !== "degraded")];
  const parts = order.flatMap((status) => {
    const count = counts[status] ?? 0;
    const style = STATUS_STYLES[status];
    const text = `${count.toLocaleString("en")} ${status}`;
    return count === 0 ? [] : [style === undefined ? text : paint(style, text)];
  });
  return parts.join(", ") || "none";
}

/** How many there are of all statuses. */
export function totalOf(counts: Counts): number {
  return STATUSES.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
}

/** `12 %`, `0.4 %`: a share of 0 to 1. */
export function shareText(share: number): string {
  const percent = share * 100;
  return `${percent > 0 && percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}
