import { once } from "node:events";
import { Worker } from "node:worker_threads";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHealthTable, viewHealthTable } from "../../src/health/health-table.ts";
import type { ProbedStatus } from "../../src/routing/health-view.ts";

describe("createHealthTable", () => {
  test("has every endpoint checking until it is set", () => {
    const view = viewHealthTable(createHealthTable(3).buffer);
    expect([0, 1, 2].map((endpoint) => view.statusOf(endpoint))).toEqual(["checking", "checking", "checking"]);
  });

  test("shows to its views what was set last, and raises the epoch by one for each change alone", () => {
    const statuses = fc.constantFrom<ProbedStatus>("online", "degraded", "checking");
    const writes = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), statuses));
    fc.assert(
      fc.property(writes, (sequence) => {
        const table = createHealthTable(5);
        const view = viewHealthTable(table.buffer);
        const model: ProbedStatus[] = Array.from({ length: 5 }, () => "checking");
        let changes = 0;
        for (const [endpoint, status] of sequence) {
          if (model[endpoint] !== status) changes++;
          model[endpoint] = status;
          table.set(endpoint, status);
          expect(view.epoch()).toBe(changes);
        }
        expect(model.map((_, endpoint) => view.statusOf(endpoint))).toEqual(model);
      }),
    );
  });

  test.for([-1, 3])("refuses endpoint %d of 3", (endpoint) => {
    expect(() => createHealthTable(3).set(endpoint, "online")).toThrow(RangeError);
  });

  test("is seen by another thread without a message", async () => {
    const table = createHealthTable(2);
    const module = new URL("../../src/health/health-table.ts", import.meta.url).href;
    const worker = new Worker(
      `const { parentPort, workerData } = require("node:worker_threads");
       import(${JSON.stringify(module)}).then(({ viewHealthTable }) => {
         const view = viewHealthTable(workerData);
         const before = view.epoch();
         parentPort.postMessage("ready");
         while (view.epoch() === before);
         parentPort.postMessage(view.statusOf(1));
       });`,
      { eval: true, workerData: table.buffer },
    );
    await once(worker, "message");
    table.set(1, "degraded");
    expect(await once(worker, "message")).toEqual(["degraded"]);
    await worker.terminate();
  });
});
