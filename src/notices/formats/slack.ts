/**
 * The format `slack`, for its incoming webhooks: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks.
 * What a text means to Slack is escaped, so that no name becomes a mention or a link.
 */
import { changeText, type Format, type Severity, severityOf, summaryOf } from "./format.ts";

const MARKS: Readonly<Record<Severity, string>> = {
  critical: ":red_circle:",
  warning: ":large_yellow_circle:",
  ok: ":large_green_circle:",
};

/** Characters of a section's text, and sections of a message: Slack refuses more than 3,000 and 50. */
const MOST_TEXT = 2900;
const LONGEST_LINE = 500;
const MOST_SECTIONS = 20;

export const slack: Format = {
  most: 100,
  splits: false,
  repeat: undefined,
  url: (configured) => configured,
  render(message, { server }) {
    const { changes, more } = message;
    const head = escapeSlack(`${server}: ${summaryOf(message)}`);
    const lines = changes.map((change) => `${MARKS[severityOf(change)]} ${cut(escapeSlack(changeText(change)))}`);
    if (more > 0) lines.push(`… and ${more} more`);
    const sections = sectionsOf(lines);
    const blocks = [`*${cut(head)}*`, ...sections].map((text) => ({ type: "section", text: { type: "mrkdwn", text } }));
    return JSON.stringify({ text: cut(head), blocks });
  },
};

/** https://docs.slack.dev/messaging/formatting-message-text#escaping. */
export function escapeSlack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Not within what stands for a character. */
function cut(text: string): string {
  return text.length <= LONGEST_LINE ? text : `${text.slice(0, LONGEST_LINE).replace(/&[a-z]*$/, "")}…`;
}

function sectionsOf(lines: readonly string[]): readonly string[] {
  const sections: string[] = [];
  for (const line of lines) {
    const last = sections.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= MOST_TEXT)
      sections[sections.length - 1] = `${last}\n${line}`;
    else sections.push(line);
  }
  return sections.slice(0, MOST_SECTIONS);
}
