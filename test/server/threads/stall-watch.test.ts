import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Answerer } from "../../../src/server/answer/answer-query.ts";
import { UDP } from "../../../src/server/answer/traits.ts";
import {
  createQueryWord,
  createStallWatch,
  lookRegularly,
  tellQueries,
  type StallWatch,
} from "../../../src/server/threads/stall-watch.ts";
import { textPeer } from "../../../src/server/transports/text-peer.ts";

/** What the main thread sees of a worker, `during` each of its queries and in between. */
interface Seen {
  readonly watch: StallWatch;
  readonly query: (during: () => void) => number;
}

function seen(): Seen {
  const memory = createQueryWord();
  let during = (): void => {};
  const answerer: Answerer = () => {
    during();
    return 17;
  };
  const told = tellQueries(answerer, memory);
  const nothing = new Uint8Array();
  return {
    watch: createStallWatch(memory),
    query(then) {
      during = then;
      return told(nothing, 0, textPeer(), nothing, UDP);
    },
  };
}

function looks(watch: StallWatch, times: number): readonly number[] {
  return Array.from({ length: times }, () => watch.look());
}

describe("StallWatch", () => {
  test("gives no idle worker up", () => {
    expect(looks(seen().watch, 100)).toEqual(Array(100).fill(0));
  });

  test("gives no busy worker up", () => {
    const { watch, query } = seen();
    for (let i = 0; i < 100; i++) query(() => expect(watch.look()).toBe(0));
  });

  test("gives no worker up for a query that takes less than a second, nor for many of them", () => {
    const { watch, query } = seen();
    for (let i = 0; i < 10; i++) expect(query(() => expect(looks(watch, 4)).toEqual([0, 0, 0, 0]))).toBe(17);
  });

  test("does not count what it has seen before it was held up itself", () => {
    const { watch, query } = seen();
    query(() => {
      for (let i = 0; i < 10; i++) {
        expect(looks(watch, 3)).toEqual([0, 0, 0]);
        watch.forget();
      }
    });
  });
});

describe("lookRegularly", () => {
  test("looks four times a second, and tells which looks come late", () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => now);
    onTestFinished(() => {
      vi.useRealTimers();
      vi.restoreAllMocks();
    });
    const told: boolean[] = [];
    const looking = lookRegularly((late) => void told.push(late));
    // Milliseconds from one look to the next; once the process is stopped for a quarter of a minute.
    for (const passed of [250, 350, 351, 250, 15_000, 250, 250]) {
      now += passed;
      vi.advanceTimersByTime(250);
    }
    clearInterval(looking);
    expect(told).toEqual([false, false, true, false, true, false, false]);
  });
});

/** A worker that is busy with one query until its own word is no longer 1, and counts there when it goes on. */
const BUSY = `
  const { workerData: { memory, own, module } } = require("node:worker_threads");
  import(module).then(({ tellQueries }) => {
    const word = new Int32Array(own);
    const answer = () => {
      Atomics.store(word, 0, 1);
      while (Atomics.load(word, 0) === 1);
      return 1;
    };
    tellQueries(answer, memory)();
    Atomics.add(word, 0, 1);
  });
`;

describe("a worker that was given up after a second", () => {
  test.for([
    ["when it comes back from its query waits for its end", true],
    ["ends in the midst of its query", false],
  ] as const)("%s", async ([, comesBack]) => {
    const memory = createQueryWord();
    const own = new SharedArrayBuffer(4);
    const word = new Int32Array(own);
    const module = new URL("../../../src/server/threads/stall-watch.ts", import.meta.url).href;
    const worker = new Worker(BUSY, { eval: true, workerData: { memory, own, module } });
    onTestFinished(() => void worker.terminate());
    await expect.poll(() => word[0]).toBe(1);
    const watch = createStallWatch(memory);
    expect(looks(watch, 5)).toEqual([0, 0, 0, 0, 1000]);
    // Told once.
    expect(looks(watch, 10)).toEqual(Array(10).fill(0));
    word[0] = comesBack ? 2 : 1;
    await delay(50);
    // It has not gone on behind its query.
    expect(word[0]).toBe(comesBack ? 2 : 1);
    void worker.terminate();
    await once(worker, "exit");
  });
});
