/** Where the body of an HTTP/1.1 response ends, and what of the octets is body (RFC 9112 sections 6 and 7). Pure. */
import type { HttpFields } from "./http-head.ts";

/** `close`: it ends with the connection. */
export type Framing = "chunked" | "close" | "none" | { readonly length: number } | "bad";

/** RFC 9112 section 6.3. `bad`: a length that is none, or a coding that nobody asked for. */
export function framingOf(method: string, status: number, fields: HttpFields): Framing {
  if (method === "HEAD" || status < 200 || status === 204 || status === 304) return "none";
  const coding = fields.get("transfer-encoding")?.toLowerCase();
  if (coding !== undefined) return coding === "chunked" ? "chunked" : coding === "identity" ? "close" : "bad";
  const text = fields.get("content-length");
  if (text === undefined) return "close";
  // "If all the field values are the same and valid": the same length twice is one.
  const lengths = new Set(text.split(",").map((part) => part.trim()));
  const [length = ""] = lengths;
  return lengths.size === 1 && /^\d{1,15}$/.test(length) ? { length: Number(length) } : "bad";
}

/** Takes the next octets and hands on those of the body, in parts. Says whether it has ended, or cannot be read. */
export type BodyReader = (octets: Uint8Array) => "more" | "end" | "bad";

export function createBodyReader(framing: Exclude<Framing, "bad">, take: (part: Uint8Array) => void): BodyReader {
  if (framing === "none") return () => "end";
  if (framing === "chunked") return createChunkReader(take);
  if (framing === "close") {
    return (octets) => {
      take(octets);
      return "more";
    };
  }
  let left = framing.length;
  return (octets) => {
    take(octets.subarray(0, left));
    left -= Math.min(left, octets.length);
    return left === 0 ? "end" : "more";
  };
}

/** Octets of a line between chunks, extensions and all, and of all such lines beyond what is body. */
const MAX_LINE = 1024;
const MAX_BETWEEN = 64 * 1024;

const LF = 10;
const CR = 13;

/** The trailer section is not read: the body ends with the last chunk. */
function createChunkReader(take: (part: Uint8Array) => void): BodyReader {
  let line = "";
  /** Octets of the chunk that are still to come; undefined = its size is read. */
  let left: number | undefined;
  /** Octets between chunks, less those in them: chunks of one octet each are no reason to read on and on. */
  let between = 0;
  return (octets) => {
    let at = 0;
    while (at < octets.length) {
      if (left !== undefined && left > 0) {
        const part = octets.subarray(at, at + left);
        take(part);
        left -= part.length;
        between -= part.length;
        at += part.length;
        continue;
      }
      const octet = octets[at++]!;
      if (++between > MAX_BETWEEN || line.length > MAX_LINE) return "bad";
      if (octet !== LF) {
        if (octet !== CR) line += String.fromCharCode(octet);
        continue;
      }
      const ended = line;
      line = "";
      if (left === 0) {
        // The line end behind a chunk.
        if (ended !== "") return "bad";
        left = undefined;
        continue;
      }
      const [, digits] = /^([\da-f]{1,8})[ \t]*(?:;|$)/i.exec(ended) ?? [];
      if (digits === undefined) return "bad";
      left = Number.parseInt(digits, 16);
      if (left === 0) return "end";
    }
    return "more";
  };
}
