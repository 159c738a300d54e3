/** Single queries and looks, and waiting for what they show. */
import { setTimeout as delay } from "node:timers/promises";
import { askUdp } from "../support/dns-client.ts";
import type { QuerySpec } from "../support/query-packet.ts";

/** The addresses of an answer in one text; undefined where there is none. */
export async function addressesOf(port: number, query: QuerySpec): Promise<string | undefined> {
  try {
    const { answers } = await askUdp({ host: "127.0.0.1", port }, query);
    return answers.map((line) => line.split(" ").at(-1)).join(" ");
  } catch {
    return undefined;
  }
}

/** Milliseconds between two looks. */
const LOOK = 50;

/** Milliseconds until it was so; undefined where it was not within the limit. */
export async function soon(limit: number, isSo: () => boolean | Promise<boolean>): Promise<number | undefined> {
  const from = performance.now();
  for (;;) {
    if (await isSo()) return performance.now() - from;
    if (performance.now() - from > limit) return undefined;
    await delay(LOOK);
  }
}
