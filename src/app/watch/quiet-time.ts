/** Waits until nothing has come for a while: who changes files changes several, and writes each in pieces. */

export interface QuietTimes {
  /** Milliseconds without anything new. */
  readonly quiet: number;
  /** Milliseconds after the first at most, however much comes. */
  readonly longest: number;
}

export interface QuietTime {
  /** Something has come. */
  touch(): void;
  /** Forgets what has come. */
  cancel(): void;
}

export function createQuietTime({ quiet, longest }: QuietTimes, onQuiet: () => void): QuietTime {
  let timer: NodeJS.Timeout | undefined;
  let latest = 0;
  const cancel = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    touch() {
      const now = performance.now();
      if (timer === undefined) latest = now + longest;
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          timer = undefined;
          onQuiet();
        },
        Math.max(0, Math.min(quiet, latest - now)),
      ).unref();
    },
    cancel,
  };
}
