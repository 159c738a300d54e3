/**
 * The head of an HTTP/1 response, read as tolerantly as curl reads it: the first final status line decides, and fields are
 * looked at only where somebody wants them. So fields that are folded, odd, double or endless do no harm to a status. Pure.
 */

export interface HttpHead {
  readonly status: number;
  /** By name in lower case; several of one name are joined by ", " (RFC 9110 section 5.3). Empty where none are wanted. */
  readonly fields: HttpFields;
  /** What has come behind it. */
  readonly rest: Uint8Array;
}

export type HttpFields = ReadonlyMap<string, string>;

/** `too-long`: it does not end within the octets that are read. */
export type HeadFailure = "not-http" | "too-long";

/** Takes the next octets of the response. undefined: more are needed. */
export type HeadReader = (octets: Uint8Array) => HttpHead | HeadFailure | undefined;

/** Octets, interim responses and all: an endless head costs this thread a millisecond, at first three. */
const MAX_OCTETS = 64 * 1024;

/**
 * A status line as curl takes it. RFC 9112 section 4 has capitals, one space, HTTP/1 and a space behind the status;
 * there are servers for each exception.
 */
const STATUS_LINE = /^HTTP\/(?:1\.[01]|2(?:\.0)?) +([1-9]\d\d)(?!\d)/i;
const BEGINNING = "HTTP/";

/** Octets of a line that are kept: of a status line, more than stand before the reason phrase; of a field, a long URL. */
const KEPT = { status: 64, field: 8192 } as const;

const LF = 10;
const CR = 13;

/** With `fields` the response is read to the end of its head, else to that of its status line. */
export function createHeadReader(wanted: { readonly fields: boolean }): HeadReader {
  let octetsRead = 0;
  /** Of the response whose fields are read. */
  let status: number | undefined;
  let fields = new Map<string, string>();
  let lastName = "";
  /** The beginning of the line that is read. */
  let line = "";

  /** Whether the head has ended. RFC 9112 section 2.2: "a recipient MAY recognize a single LF as a line terminator". */
  function endLine(): boolean | "not-http" {
    const ended = line;
    line = "";
    if (status === undefined) {
      const digits = STATUS_LINE.exec(ended)?.[1];
      if (digits === undefined) return "not-http";
      status = Number(digits);
      return !wanted.fields && !isInterim(status);
    }
    if (ended !== "") {
      if (wanted.fields) addField(ended);
      return false;
    }
    if (!isInterim(status)) return true;
    status = undefined;
    fields = new Map();
    return false;
  }

  function addField(text: string): void {
    // RFC 9112 section 5.2: a folded line goes on with the value before it.
    const [, name = "", value = ""] = /^([^:\s]*)\s*:(.*)$/s.exec(text) ?? [];
    const isFolded = text.startsWith(" ") || text.startsWith("\t");
    if (!isFolded) lastName = name.toLowerCase();
    if (lastName === "") return;
    const part = (isFolded ? text : value).trim();
    const before = fields.get(lastName);
    fields.set(lastName, before === undefined ? part : `${before}${isFolded ? " " : ", "}${part}`);
  }

  return (octets) => {
    for (let at = 0; at < octets.length; at++) {
      const octet = octets[at]!;
      if (++octetsRead > MAX_OCTETS) return "too-long";
      if (octet === LF) {
        const ended = endLine();
        if (ended === "not-http") return ended;
        if (ended) return { status: status!, fields, rest: octets.subarray(at + 1) };
      } else if (octet !== CR && line.length < (status === undefined ? KEPT.status : KEPT.field)) {
        line += String.fromCharCode(octet);
      }
    }
    const isBeginning = BEGINNING.startsWith(line.slice(0, BEGINNING.length).toUpperCase());
    return status !== undefined || isBeginning ? undefined : "not-http";
  };
}

/** RFC 9110 section 15.2: "A client MUST be able to parse one or more 1xx responses". 101 ends HTTP on a connection. */
function isInterim(status: number): boolean {
  return status < 200 && status !== 101;
}
