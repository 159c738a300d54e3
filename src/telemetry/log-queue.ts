/**
 * Log lines on their way to a descriptor that never blocks. A line is written at once where there is room; what a
 * reader that has stopped reading, or a full disk, does not take waits in memory up to a bound, and beyond it lines are
 * dropped and counted. Lines stay whole and in order, and a gap is told of where it is.
 *
 * sonic-boom, which pino brings, blocks the caller (`sync`) or a thread of Node's pool, which a process that exits waits
 * for; and what it is writing when the process ends is lost.
 */

export interface LogQueue {
  /** Takes a whole line, or drops it. */
  write(line: string): void;
  /** Lines dropped since the start. */
  dropped(): number;
  /** Writes what waits, before the process ends: blocks for at most `END_LIMIT` while the reader has no room. */
  end(): void;
}

export interface LogQueueDeps {
  /** Writes some of the octets and returns how many. Throws at once where that is none, with `EAGAIN` for want of room. */
  readonly writeSome: (octets: Uint8Array) => number;
  /** Is told how many lines were dropped when what came before them has been written. A line that it writes comes next. */
  readonly onGap: (lines: number) => void;
  /** Blocks for so many milliseconds. */
  readonly pause: (milliseconds: number) => void;
}

/** Octets that wait at most; a longer line waits alone. */
export const MOST_WAITING = 1024 * 1024;

/** Milliseconds between two attempts to write to who refused. A pipe of 64 KiB then takes 3 MiB a second. */
const RETRY_INTERVAL = 20;

/** Milliseconds; a stop of the whole process takes at most five seconds. */
export const END_LIMIT = 500;

/** Lines that are written together at most; the kernel takes 64 KiB of a pipe's at a time. */
const BATCH = 256;

export function createLogQueue({ writeSome, onGap, pause }: LogQueueDeps): LogQueue {
  const waiting: Buffer[] = [];
  let octets = 0;
  let dropped = 0;
  /** Lines dropped that nobody has been told of: none is taken until what waits is written. */
  let gap = 0;
  /** Whether lines are being written or will be tried again. */
  let busy = false;

  /** Writes all that waits, and tells of a gap behind it. The code of the error where that is not possible now. */
  const drain = (): string | undefined => {
    busy = true;
    while (waiting.length > 0) {
      const batch = Buffer.concat(waiting.splice(0, BATCH));
      let written = 0;
      try {
        written = writeSome(batch);
      } catch (error) {
        waiting.unshift(batch);
        return (error as NodeJS.ErrnoException).code;
      }
      octets -= written;
      if (written < batch.length) waiting.unshift(batch.subarray(written));
    }
    if (gap > 0) {
      const lines = gap;
      gap = 0;
      onGap(lines);
      return drain();
    }
    busy = false;
    return undefined;
  };

  const attempt = (): void => {
    if (drain() !== undefined) setTimeout(attempt, RETRY_INTERVAL).unref();
  };

  return {
    write(text) {
      const line = Buffer.from(text);
      if (gap > 0 || (octets > 0 && octets + line.length > MOST_WAITING)) {
        gap++;
        dropped++;
        return;
      }
      waiting.push(line);
      octets += line.length;
      if (!busy) attempt();
    },
    dropped: () => dropped,
    end() {
      for (let waited = 0; drain() === "EAGAIN" && waited < END_LIMIT; waited += RETRY_INTERVAL) pause(RETRY_INTERVAL);
    },
  };
}
