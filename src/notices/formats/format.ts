/** The contract of a format: how a message becomes the body of a request. `table.ts` lists them. */
import type { Change } from "../told.ts";
import type { Message, MessageRules } from "../message.ts";

export interface Format extends MessageRules {
  /** The URL that is posted to, of the one that is configured. */
  readonly url: (configured: string) => string;
  readonly render: (message: Message, context: FormatContext) => string;
  /** Milliseconds after which all that is in trouble is told again; undefined = once is enough. */
  readonly repeat: number | undefined;
}

export interface FormatContext {
  /** Which geosteer tells it. */
  readonly server: string;
  /** The time of the attempt, in milliseconds since the Unix epoch. */
  readonly now: number;
}

export type Severity = "critical" | "warning" | "ok";

export function severityOf({ state }: Pick<Change, "state">): Severity {
  if (state === "down") return "critical";
  return state === "degraded" || state === "refused" ? "warning" : "ok";
}

/** `shop/fra`, `shop`, `payroll: region DE`, `payroll: rule eu-data`, `the configuration`. */
export function subjectText({ kind, profile = "", part = "" }: Pick<Change, "kind" | "profile" | "part">): string {
  if (kind === "reload") return "the configuration";
  if (kind === "profile") return profile;
  return kind === "endpoint" ? `${profile}/${part}` : `${profile}: ${kind} ${part}`;
}

/** `shop/fra is degraded: timed out`. */
export function changeText(change: Change): string {
  const { state, reason } = change;
  const said = state === "removed" || state === "refused" || state === "taken" ? `was ${state}` : `is ${state}`;
  return `${subjectText(change)} ${said}${reason === undefined ? "" : `: ${reason}`}`;
}

/** One line that tells the whole message. */
export function summaryOf({ changes, more, isTest }: Message): string {
  if (isTest) return "a test: no state has changed";
  const [first] = changes;
  if (changes.length === 1 && more === 0) return changeText(first!);
  const counts = (["critical", "warning", "ok"] as const).map((severity) => {
    const count = changes.filter((change) => severityOf(change) === severity).length;
    return count === 0 ? "" : `${count} ${severity}`;
  });
  const told = counts.filter(Boolean).join(", ");
  return `${changes.length + more} changes: ${told}${more > 0 ? `, ${more} more` : ""}`;
}
