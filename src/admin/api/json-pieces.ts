/**
 * The JSON text of a large value in pieces, between which other work of the thread gets its turn: to write a whole
 * configuration as one text would hold up everything else.
 */
import { Readable } from "node:stream";

/** UTF-16 code units that are made at once. */
const PIECE = 64 * 1024;

export function jsonStream(value: unknown): Readable {
  return Readable.from(paced(value));
}

async function* paced(value: unknown): AsyncGenerator<Buffer> {
  let waiting = "";
  for (const part of jsonParts(value)) {
    waiting += part;
    if (waiting.length < PIECE) continue;
    yield Buffer.from(waiting);
    waiting = "";
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  yield Buffer.from(waiting);
}

/** Together they are what `JSON.stringify` makes of plain data. */
export function* jsonParts(value: unknown): Generator<string> {
  if (typeof value === "string" && value.length > PIECE) {
    yield '"';
    // A pair of surrogates that is cut in two becomes two escapes, which are read as the pair again.
    for (let at = 0; at < value.length; at += PIECE) yield JSON.stringify(value.slice(at, at + PIECE)).slice(1, -1);
    yield '"';
  } else if (Array.isArray(value)) {
    yield "[";
    for (const [i, item] of value.entries()) {
      if (i > 0) yield ",";
      yield* jsonParts(item === undefined ? null : item);
    }
    yield "]";
  } else if (typeof value === "object" && value !== null) {
    yield "{";
    let separator = "";
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue;
      yield `${separator}${JSON.stringify(key)}:`;
      yield* jsonParts(item);
      separator = ",";
    }
    yield "}";
  } else yield JSON.stringify(value);
}
