/** The log of the server as it comes in: whole lines of JSON, and those that are none. */

export interface LogEntry {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export interface LogLines {
  take(octets: Uint8Array): void;
  entries(): readonly LogEntry[];
  damaged(): number;
  text(): string;
}

export function createLogLines(): LogLines {
  const decoder = new TextDecoder();
  const entries: LogEntry[] = [];
  let text = "";
  let begun = "";
  let damaged = 0;
  return {
    take(octets) {
      const more = decoder.decode(octets, { stream: true });
      text += more;
      const lines = (begun + more).split("\n");
      begun = lines.pop() ?? "";
      for (const line of lines) {
        const entry = entryOf(line);
        if (entry === undefined) damaged++;
        else entries.push(entry);
      }
    },
    entries: () => entries,
    damaged: () => damaged,
    text: () => text,
  };
}

function entryOf(line: string): LogEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "msg" in value ? (value as LogEntry) : undefined;
  } catch {
    return undefined;
  }
}
