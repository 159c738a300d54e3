/** Moves a state file that cannot be used out of the way, for people to look at. Nothing is ever deleted. */
import { existsSync, readdirSync, renameSync } from "node:fs";
import path from "node:path";

/** Files set aside as damaged that may lie there: a disk that fails would fill itself with them. */
export const MOST_ASIDE = 5;

export type Aside = "damaged" | "newer";

/** `state.db` → `state.db.damaged-2026-11-27T20-04-43Z`, with what belongs to it. Returns the new path. */
export function setAside(file: string, why: Aside, now: number): string {
  const time = new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
  const wanted = `${file}.${why}-${time}`;
  let free = wanted;
  for (let i = 2; existsSync(free); i++) free = `${wanted}-${i}`;
  renameSync(file, free);
  // -shm is made anew from -wal.
  for (const end of ["-wal", "-shm", "-journal"]) {
    if (existsSync(file + end)) renameSync(file + end, free + end);
  }
  return free;
}

export function countAside(file: string, why: Aside): number {
  const start = `${path.basename(file)}.${why}-`;
  return readdirSync(path.dirname(file)).filter((name) => name.startsWith(start) && !/-(?:wal|shm|journal)$/.test(name))
    .length;
}
