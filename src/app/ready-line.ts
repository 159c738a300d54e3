/** What the first line of a server that serves says: which geosteer, from which files, and how. */
import type { LogFields } from "../shared/ports.ts";

export interface Ready {
  readonly version: string;
  /** The path of the configuration. */
  readonly config: string;
  readonly generation: number;
  /** The addresses that answer DNS. */
  readonly dns: readonly string[];
  /** The URL of the HTTP server; undefined = there is none. */
  readonly http: string | undefined;
  readonly udp: "batch" | "portable";
  /** Threads for UDP. */
  readonly workers: number;
  readonly zones: number;
  readonly profiles: number;
  readonly databases: readonly { readonly file: string; readonly built: Date; readonly used: boolean }[];
}

const DAY = 86_400_000;

/** `now`: milliseconds since the Unix epoch. */
export function readyFields({ databases, ...said }: Ready, now: number): LogFields {
  return {
    ...said,
    databases: databases.map(({ file, built, used }) => ({
      database: file,
      built: built.toISOString(),
      days: Math.floor((now - built.getTime()) / DAY),
      used,
    })),
  };
}
