/**
 * Standard output as a descriptor that never blocks this process, whoever else has it open: a pipe, a socket or a
 * terminal whose reader has stopped refuses with `EAGAIN`.
 *
 * Regular files know no such thing: a disk that hangs, over a network or not, holds up who logs to it.
 */
import { constants, fstatSync, openSync } from "node:fs";

const STANDARD_OUTPUT = 1;

/** Linux's name for it; opening that makes a description of our own, which other holders do not notice. */
const BY_NAME = `/proc/self/fd/${STANDARD_OUTPUT}`;

/** The descriptor to write to. */
export function openStandardOutput(): number {
  const kind = fstatSync(STANDARD_OUTPUT);
  // All who write to a file share one position in it.
  if (kind.isFile()) return STANDARD_OUTPUT;
  try {
    // A socket, as the journal's, cannot be opened anew, nor can what belongs to another user, or with no /proc.
    return openSync(BY_NAME, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    // Node's own stream makes a pipe or a socket non-blocking, for all who hold it.
    process.stdout.on("error", () => {});
    return STANDARD_OUTPUT;
  }
}
