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
  if (isSmall(value)) yield JSON.stringify(value);
  else if (typeof value === "string") {
    yield '"';
    // A pair of surrogates that is cut in two becomes two escapes, which are read as the pair again.
    for (let at = 0; at < value.length; at += PIECE) yield JSON.stringify(value.slice(at, at + PIECE)).slice(1, -1);
    yield '"';
  } else if (Array.isArray(value)) {
    let separator = "[";
    for (const item of value) {
      yield separator;
      yield* partsOf(item ?? null);
      separator = ",";
    }
    yield separator === "[" ? "[]" : "]";
  } else {
    let separator = "{";
    for (const [key, item] of Object.entries(value as object)) {
      if (item === undefined) continue;
      yield `${separator}${JSON.stringify(key)}:`;
      yield* partsOf(item);
      separator = ",";
    }
    yield separator === "{" ? "{}" : "}";
  }
}

/** As `jsonParts`, without a generator where there is but one part. */
function partsOf(value: unknown): Iterable<string> {
  return isSmall(value) ? [JSON.stringify(value)] : jsonParts(value);
}

function isSmall(value: unknown): boolean {
  return typeof value === "string" ? value.length <= PIECE : typeof value !== "object" || value === null;
}
