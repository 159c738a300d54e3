/** A configuration that comes by a stream, such as standard input: to its end, and no larger than a file may be. */
import { formatSize } from "../../config/text/size.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { StartError } from "../start-error.ts";
import { CONFIGURATION } from "./load.ts";

/** What it is called where a file would have its path. */
export const STANDARD_INPUT = "<stdin>";

/** Waits for as long as whoever writes takes. */
export async function readStandardInput(stream: AsyncIterable<Uint8Array>): Promise<Result<Uint8Array, StartError>> {
  const { most, rule } = CONFIGURATION;
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of stream) {
      size += piece.length;
      if (size > most) return unreadable(`too large, wanted at most ${formatSize(most)} (${rule})`);
      pieces.push(piece);
    }
  } catch (cause) {
    return unreadable(`${(cause as Error).message}; give a configuration by a file or a pipe`);
  }
  return ok(Buffer.concat(pieces));
}

function unreadable(why: string): { readonly ok: false; readonly error: StartError } {
  return err([{ code: "config-unreadable", message: `${STANDARD_INPUT}: ${why}` }]);
}
