/** What notices are about, for tests: states of subjects, changes and messages. */
import type { SubjectState } from "../../src/control/subject-states.ts";
import type { Message } from "../../src/notices/message.ts";
import type { Change } from "../../src/notices/told.ts";

export const AT = Date.parse("2026-11-27T20:04:43.000Z");

export function stateOf(kind: SubjectState["kind"], part: string | undefined, state: string): SubjectState {
  const profile = kind === "reload" ? undefined : "shop";
  return { kind, profile, part, state, since: AT, reason: undefined, site: undefined, labels: {} };
}

export function endpoint(name: string, state: string, more: Partial<SubjectState> = {}): SubjectState {
  return { ...stateOf("endpoint", name, state), ...more };
}

export function change(more: Partial<Change> = {}): Change {
  return {
    kind: "endpoint",
    profile: "shop",
    part: "fra",
    from: "online",
    state: "degraded",
    since: AT,
    reason: undefined,
    ...more,
  };
}

export function message(more: Partial<Message> = {}): Message {
  return { id: "msg_1", at: AT, changes: [change()], more: 0, isTest: false, ...more };
}
