/**
 * The beginning of a body, decompressed (RFC 9110 section 8.4.1). No more is kept, decompressed or taken from the network
 * than is wanted, so a compressed terabyte costs what a plain body of that length does.
 */
import type { Transform } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from "node:zlib";
import type { HttpBody, Wanted } from "./http-message.ts";

/** What a request for a body says that it can read. */
export const ACCEPT_ENCODING = "gzip, deflate, br";

export interface BodyCollector {
  /** The next octets from the network. Nothing is done with them once the body is known. */
  write(octets: Uint8Array): void;
  /** No more will come. */
  end(): void;
  /** Nobody wants it any more. */
  discard(): void;
}

export type CollectedBody = HttpBody | "undecodable";

/** `done` is called once at most. */
export function collectBody(
  coding: string | undefined,
  { atMost, createIsEnough }: Pick<Wanted, "atMost" | "createIsEnough">,
  done: (body: CollectedBody) => void,
): BodyCollector {
  const isEnough = createIsEnough();
  /** Beyond `length` it is empty. Parts are copied: a chunk of one octet would keep an object, and the packet that it came in. */
  let kept = Buffer.allocUnsafe(0);
  let length = 0;
  let decoder: Transform | undefined;
  let isDone = false;

  function finish(body: CollectedBody): void {
    if (isDone) return;
    isDone = true;
    decoder?.destroy();
    done(body);
  }
  const collected = (isWhole: boolean): HttpBody => ({ octets: kept.subarray(0, length), isWhole });

  function grow(needed: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.min(atMost, Math.max(needed, 2 * kept.length)));
    grown.set(kept.subarray(0, length));
    kept = grown;
  }

  function take(octets: Uint8Array): void {
    if (isDone) return;
    const part = octets.subarray(0, atMost - length);
    if (length + part.length > kept.length) grow(length + part.length);
    kept.set(part, length);
    length += part.length;
    if (part.length < octets.length || isEnough(part)) finish(collected(false));
  }

  const end = (): void => finish(collected(true));
  const createDecoder = decoders.get(coding?.trim().toLowerCase() ?? "identity");
  if (createDecoder === undefined) finish("undecodable");
  if (createDecoder === undefined || createDecoder === identity)
    return { write: take, end, discard: () => void (isDone = true) };

  let taken = 0;
  return {
    write(octets) {
      if (isDone || octets.length === 0) return;
      if (decoder === undefined) {
        decoder = createDecoder(octets[0]!);
        decoder
          .on("data", take)
          .once("end", end)
          .on("error", () => finish("undecodable"));
      }
      const left = atMost + MAX_OVERHEAD - taken;
      taken += octets.length;
      if (left > 0) decoder.write(octets.subarray(0, left));
      if (left <= octets.length) decoder.end();
    },
    end() {
      if (decoder === undefined) end();
      else decoder.end();
    },
    discard() {
      isDone = true;
      decoder?.destroy();
    },
  };
}

/** Octets that a compressed body may be longer than what is wanted of it: headers, and blocks that hold nothing. */
const MAX_OVERHEAD = 64 * 1024;

/** A body that ends early is what has come of it; whether it was to end there is told by its framing. */
const flush = { finishFlush: constants.Z_SYNC_FLUSH };
const flushBrotli = { finishFlush: constants.BROTLI_OPERATION_FLUSH };

type CreateDecoder = (first: number) => Transform;

const identity: CreateDecoder = () => {
  throw new Error("what is not compressed has no decoder");
};

/** By the name of a content coding. The first octet tells whether `deflate` lacks the header of RFC 1950, as some send it. */
const decoders: ReadonlyMap<string, CreateDecoder> = new Map<string, CreateDecoder>([
  ["identity", identity],
  ["", identity],
  ["gzip", () => createGunzip(flush)],
  ["x-gzip", () => createGunzip(flush)],
  ["deflate", (first) => ((first & 0x0f) === 8 ? createInflate(flush) : createInflateRaw(flush))],
  ["br", () => createBrotliDecompress(flushBrotli)],
]);
