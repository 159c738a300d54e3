/**
 * Health end to end: one real server, and behind each of its endpoints a real server that misbehaves, or does not. What the
 * status says, what DNS answers and what is counted have to agree; and the server has to stand it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Case, Cast, Expected } from "./case.ts";
import { cases, idOf } from "./cases/table.ts";
import { resolve } from "./cases/names.ts";
import { PEM_FILES } from "./cases/tls.ts";
import { MARK } from "./cases/told.ts";
import { BACKUP, configurationOf } from "./configuration.ts";
import { processesWith, startServer, type TestServer } from "./server.ts";
import { createStage } from "./stage.ts";

/** Milliseconds: many intervals, for a busy machine. */
const PATIENCE = { timeout: 40_000, interval: 300 };
const A = 1;
const AAAA = 28;

const stage = createStage();
const casts = new Map<Case, Cast>();
let server: TestServer;
/** Of the process when it has nothing to probe. */
let idle: { readonly descriptors: number; readonly memory: number };
/** What is asked about all endpoints at once, since tests look at one after the other. */
let looked: { readonly at: number; readonly all: ReturnType<typeof lookAtAll> } | undefined;

async function lookAtAll() {
  return { endpoints: await server.endpoints(), outcomes: await server.outcomes() };
}

beforeAll(async () => {
  const resolver = stage.address();
  const port = await stage.listenUdp(resolver, resolve);
  for (const [name, text] of Object.entries(PEM_FILES)) writeFileSync(path.join(stage.folder, name), text);
  for (const one of cases) casts.set(one, await one.cast(stage));
  server = await startServer(stage.folder, configurationOf(new Map()), `${resolver}:${port}`);
  idle = { descriptors: server.descriptors(), memory: server.memory() };
  await server.reload(configurationOf(casts));
  await reportAll("report");
  // Counts from here on.
  await server.longestCallback();
}, 60_000);

afterAll(async () => {
  await server?.stop();
  await stage.end();
}, 30_000);

async function reportAll(key: "report" | "laterReport"): Promise<void> {
  for (const [one, cast] of casts) {
    const json = cast[key];
    if (json !== undefined) expect(await server.report({ subject: `${idOf(one)}/primary`, ...json })).toBe(200);
  }
}

/** Status, reason, answer and count, as far as they are told. */
async function seen(one: Case, { outcome, part, status }: Expected) {
  if (looked === undefined || performance.now() - looked.at > PATIENCE.interval)
    looked = { at: performance.now(), all: lookAtAll() };
  const { endpoints, outcomes } = await looked.all;
  const id = idOf(one);
  const primary = endpoints.find(({ profile, endpoint }) => profile === id && endpoint === "primary")!;
  const counts = outcomes(part === undefined ? id : `${id}-${part}`);
  const isIpv6 = casts.get(one)!.answer[0]!.includes("::") && status !== "degraded";
  return {
    status: primary.status,
    reason: primary.reason ?? primary.probes.find(({ last }) => last?.ok === false)?.last?.reason,
    answer: await server.resolve(`${id}.health.example.com`, isIpv6 ? AAAA : A),
    counted: (counts[outcome] ?? 0) > 0,
  };
}

function matching(reason: string | RegExp): unknown {
  return expect.stringMatching(typeof reason === "string" ? new RegExp(`^${RegExp.escape(reason)}$`) : reason);
}

function wanted(one: Case, { status, reason, answer = (all) => all }: Expected) {
  return {
    status,
    ...(reason !== undefined && { reason: matching(reason) }),
    answer: status === "degraded" ? [BACKUP] : answer(casts.get(one)!.answer).toSorted(),
    counted: true,
  };
}

const LIMIT = { timeout: 60_000 };

describe(`${cases.length} endpoints, each by itself`, LIMIT, () => {
  test("each has a name of its own, and docs/health.md says how many", () => {
    expect(new Set(cases.map(idOf)).size).toBe(cases.length);
    expect(readFileSync("docs/health.md", "utf8")).toContain(`${cases.length} endpoints at once`);
  });

  test.for(cases.map((one) => [one.what, one] as const))("%s", async ([, one]) => {
    await expect.poll(() => seen(one, one.first), PATIENCE).toMatchObject(wanted(one, one.first));
  });

  test("nothing that is down was ever counted a success, and nothing that could not be probed as anything", async () => {
    const counts = await server.outcomes();
    const wrong = cases.flatMap((one) => {
      const { status, outcome, part, mayBeMissed } = one.first;
      if (status === "online" || part !== undefined || mayBeMissed) return [];
      const others = Object.keys(counts(idOf(one))).filter((other) => other !== outcome);
      const bad = status === "checking" ? others : others.filter((other) => other === "success");
      return bad.map((other) => `${one.what}: ${other}`);
    });
    expect(wrong).toEqual([]);
  });
});

describe("endpoints that change", LIMIT, () => {
  const turning = cases.filter(({ second }) => second !== undefined);

  beforeAll(async () => {
    for (const cast of casts.values()) await cast.turn?.();
    await reportAll("laterReport");
    // Longer than from one probe to the next.
    await delay(2500);
  });

  test.for(turning.map((one) => [one.what, one.second!, one] as const))("%s", async ([, second, one]) => {
    await expect.poll(() => seen(one, second), PATIENCE).toMatchObject(wanted(one, second));
  });
});

describe("the server", LIMIT, () => {
  test("has its main thread free all the while", async () => {
    const longest = await server.longestCallback();
    console.log(`longest callback of the main thread: ${longest} ms of CPU`);
    expect(longest).toBeLessThan(250);
  });

  test("keeps no program of a probe beyond its time", async () => {
    // One probe of each case runs at a time, with two children at most.
    const running = cases.filter(({ what }) => what.startsWith("exec:")).length;
    for (let round = 0; round < 5; round++) {
      expect(processesWith(MARK).length).toBeLessThanOrEqual(2 * running);
      await delay(200);
    }
  });

  test("takes no more memory than a misbehaviour is worth", () => {
    const memory = server.memory();
    console.log(
      `memory: ${Math.round(idle.memory)} MiB idle, ${Math.round(memory)} MiB with ${cases.length} endpoints`,
    );
    expect(memory - idle.memory).toBeLessThan(400);
  });

  test("has no descriptor and no program left once it probes none of them", async () => {
    const busy = server.descriptors();
    await server.reload(configurationOf(new Map()));
    await expect.poll(() => processesWith(MARK), PATIENCE).toEqual([]);
    // What begins with the first need of it: the desk, the process that starts programs, a socket for look-ups. One
    // that each round left would be more by now.
    await expect.poll(() => server.descriptors(), PATIENCE).toBeLessThanOrEqual(idle.descriptors + 10);
    console.log(`descriptors: ${idle.descriptors} idle, ${busy} probing, ${server.descriptors()} after`);
  });

  test("ends when it is told to", async () => {
    expect(await server.stop()).toBe(0);
  });
});
