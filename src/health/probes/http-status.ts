/**
 * The status of an HTTP/1 response, read as tolerantly as curl reads it: the first final status line decides, and
 * nothing behind it is looked at. So fields that are folded, odd, double or endless do no harm. Pure.
 */

/** `too-long`: no final status line among the octets that are read. */
export type HttpStatus = number | "not-http" | "too-long";

/** Takes the next octets of the response. undefined: more are needed. */
export type StatusReader = (octets: Uint8Array) => HttpStatus | undefined;

/** Octets, interim responses and all: an endless head costs this thread a millisecond, at first three. */
const MAX_OCTETS = 64 * 1024;

/**
 * A status line as curl takes it. RFC 9112 section 4 has capitals, one space, HTTP/1 and a space behind the status;
 * there are servers for each exception.
 */
const STATUS_LINE = /^HTTP\/(?:1\.[01]|2(?:\.0)?) +([1-9]\d\d)(?!\d)/i;
const BEGINNING = "HTTP/";

/** Octets of a line that are kept: more than stand before the reason phrase. */
const KEPT = 64;

const LF = 10;
const CR = 13;

export function createStatusReader(): StatusReader {
  let octetsRead = 0;
  let inFields = false;
  /** The beginning of the line that is read. */
  let line = "";

  /** RFC 9112 section 2.2: "a recipient MAY recognize a single LF as a line terminator". */
  function endLine(): HttpStatus | undefined {
    const ended = line;
    line = "";
    if (inFields) {
      inFields = ended !== "";
      return undefined;
    }
    const digits = STATUS_LINE.exec(ended)?.[1];
    if (digits === undefined) return "not-http";
    const status = Number(digits);
    inFields = isInterim(status);
    return inFields ? undefined : status;
  }

  return (octets) => {
    for (const octet of octets) {
      if (++octetsRead > MAX_OCTETS) return "too-long";
      if (octet === LF) {
        const status = endLine();
        if (status !== undefined) return status;
      } else if (octet !== CR && line.length < KEPT) line += String.fromCharCode(octet);
    }
    return inFields || BEGINNING.startsWith(line.slice(0, BEGINNING.length).toUpperCase()) ? undefined : "not-http";
  };
}

/** RFC 9110 section 15.2: "A client MUST be able to parse one or more 1xx responses". 101 ends HTTP on a connection. */
function isInterim(status: number): boolean {
  return status < 200 && status !== 101;
}
