/**
 * Server-Sent Events from pieces of text: https://html.spec.whatwg.org/multipage/server-sent-events.html. Takes the data of
 * an event; its `id` and `retry` are not used.
 */

export interface ServerEvent {
  readonly kind: string;
  readonly data: string;
}

/** Characters of an event. */
const MOST = 2 ** 20;

/** Takes the next piece of the stream; false = an event is too long, and nothing is to be read any more. */
export function createEventReader(onEvent: (event: ServerEvent) => void): (text: string) => boolean {
  let rest = "";
  let kind = "";
  let data: string[] = [];
  let length = 0;

  const takeLine = (line: string): void => {
    if (line === "") {
      if (data.length > 0) onEvent({ kind: kind || "message", data: data.join("\n") });
      kind = "";
      data = [];
      length = 0;
      return;
    }
    const [, field, value = ""] = /^([^:]*)(?::[ ]?(.*))?$/s.exec(line) ?? [];
    if (field === "event") kind = value;
    if (field === "data") data.push(value);
    length += line.length;
  };

  return (text) => {
    // A line may end in \r\n: a \r at the end waits for what follows.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) takeLine(line);
    return rest.length + length <= MOST;
  };
}
