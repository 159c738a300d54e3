/** The format `json`, which docs/notices.md documents. Keys may be added to this version, none changes or goes. */
import type { Change } from "../told.ts";
import { type Format, severityOf, subjectText, summaryOf } from "./format.ts";

const JSON_TYPE = "geosteer.health.v1";

export const json: Format = {
  most: 100,
  splits: false,
  repeat: undefined,
  url: (configured) => configured,
  render(message, { server }) {
    const { at, changes, more, isTest } = message;
    return JSON.stringify({
      type: JSON_TYPE,
      timestamp: new Date(at).toISOString(),
      data: { server, test: isTest, summary: summaryOf(message), changes: changes.map(toldChange), more },
    });
  },
};

/** A key that means nothing for the kind is missing. */
function toldChange(change: Change): object {
  const { kind, profile, part, from, state, since, reason } = change;
  return {
    kind,
    subject: subjectText(change),
    profile,
    ...(kind === "endpoint" || kind === "region" || kind === "rule" ? { [kind]: part } : {}),
    from,
    to: state,
    severity: severityOf(change),
    since: new Date(since).toISOString(),
    reason,
  };
}
