/**
 * SIGKILL at random moments of 200 writes, round after round on one file: nothing torn, nothing lost that was
 * acknowledged. `GEOSTEER_KILLS=500 npx vitest run test/state/store/kill.test.ts` for more rounds.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { readAudit, readOverrides, readTransitions } from "../../../src/state/store/reads.ts";
import { openState, stateFolder } from "../../support/state-files.ts";

const ROUNDS = Number(process.env["GEOSTEER_KILLS"] ?? 8);
const WRITER = path.join(import.meta.dirname, "children/writer.ts");

/** Runs a writer and kills it so many milliseconds after it has opened; undefined = lets it end. Returns its lines. */
async function killed(file: string, after: number | undefined): Promise<readonly string[]> {
  const lines = path.join(stateFolder(), "lines");
  const writer = spawn(process.execPath, [WRITER, file, "200", lines], { stdio: ["pipe", "pipe", "inherit"] });
  const exit = once(writer, "exit");
  await once(writer.stdout.resume(), "data");
  if (after === undefined) writer.stdin.end();
  else {
    await delay(after);
    writer.kill("SIGKILL");
  }
  const [code] = (await exit) as [number | null];
  if (code !== null && code !== 0) throw new Error(`the writer ended by itself, with ${code}`);
  return readFileSync(lines, "utf8").trimEnd().split("\n");
}

test("a server killed while it writes", { timeout: 60_000 + ROUNDS * 10_000 }, async () => {
  const file = path.join(stateFolder(), "state.db");
  let lines: readonly string[] = [];
  const began = performance.now();
  lines = await killed(file, undefined);
  expect(lines.at(-1)).toBe("end");
  const whole = performance.now() - began;
  let cut = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const told = await killed(file, Math.random() * Math.min(whole / 2, 400));
    if (told.at(-1) !== "end") cut++;
    lines = [...lines, ...told];

    const said = (what: string, by = lines): ReadonlySet<string> =>
      new Set(by.filter((line) => line.startsWith(`${what} `)).map((line) => line.slice(what.length + 1)));
    const { file: state, log } = openState(file);
    expect(log).toEqual([]);
    const read = <T>(query: Parameters<typeof state.read<T>>[0]): T => {
      const result = state.read(query);
      if (!result.ok) throw new Error(result.error.message);
      return result.value;
    };
    expect(read((c) => c.value("PRAGMA integrity_check"))).toBe("ok");
    // What was acknowledged is there, and nothing is that was not asked for.
    const patterns = new Set(read(readOverrides).map(({ pattern }) => pattern));
    const cleared = said("ack clear");
    const clearing = said("ask clear");
    const asked = said("ask set");
    expect([...said("ack set")].filter((name) => !patterns.has(name) && !clearing.has(name))).toEqual([]);
    expect([...patterns].filter((name) => cleared.has(name) || !asked.has(name))).toEqual([]);
    const audited = read((c) => readAudit(c, { limit: 1000 })).items.map(({ what }) => what);
    expect([...said("ack audit", told)].filter((name) => !audited.includes(name))).toEqual([]);
    // Of history each writer has kept all up to some moment.
    const kept = read((c) => readTransitions(c, { limit: 1000 })).items.map(({ reason }) => reason!.split("-"));
    for (const pid of new Set(kept.slice(0, 800).map(([of]) => of))) {
      const numbers = kept.filter(([of]) => of === pid).map(([, number]) => Number(number));
      expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! - i));
    }
    state.close();
  }
  expect(cut).toBeGreaterThan(0);
});
