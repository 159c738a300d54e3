import { once } from "node:events";
import { Worker } from "node:worker_threads";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createHealthTable, viewHealthTable, type HealthTable } from "../../src/health/health-table.ts";
import type { ProbedStatus } from "../../src/routing/health-view.ts";
import type { Outline } from "../../src/routing/outline.ts";
import { createAround } from "../../src/routing/profiles-around.ts";
import { snapshotOf } from "../support/snapshot.ts";

/** Each profile stands before those that it nests: 0 nests 1 and 2, which both nest 3; 4 is by itself. */
const diamond = snapshotOf({
  profiles: {
    top: { endpoints: { left: { nested: "left" }, right: { nested: "right" } } },
    left: { endpoints: { bottom: { nested: "bottom" } } },
    right: { endpoints: { bottom: { nested: "bottom" }, own: {} } },
    bottom: { endpoints: { one: {}, two: {} } },
    alone: { endpoints: { one: {} } },
  },
});
const flat = (count: number): Outline =>
  snapshotOf({
    profiles: { shop: { endpoints: Object.fromEntries(Array.from({ length: count }, (_, i) => [`e${i}`, {}])) } },
  });
const tableOf = (outline: Outline): HealthTable => createHealthTable(outline, createAround(outline));
const idOf = (profile: string, endpoint: string): number =>
  diamond.profiles.find(({ name }) => name === profile)!.endpoints.find(({ name }) => name === endpoint)!.id;

describe("createHealthTable", () => {
  test("has every endpoint checking until it is set", () => {
    const view = viewHealthTable(tableOf(flat(3)).buffer);
    expect([0, 1, 2].map((endpoint) => view.statusOf(endpoint))).toEqual(["checking", "checking", "checking"]);
  });

  test("shows to its views what was set last, and raises the revision by one for each change alone", () => {
    const statuses = fc.constantFrom<ProbedStatus>("online", "degraded", "checking");
    const writes = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), statuses));
    fc.assert(
      fc.property(writes, (sequence) => {
        const table = tableOf(flat(5));
        const view = viewHealthTable(table.buffer);
        const model: ProbedStatus[] = Array.from({ length: 5 }, () => "checking");
        let changes = 0;
        for (const [endpoint, status] of sequence) {
          if (model[endpoint] !== status) changes++;
          model[endpoint] = status;
          table.set(endpoint, status);
          expect(view.revisionOf(0)).toBe(changes);
        }
        expect(model.map((_, endpoint) => view.statusOf(endpoint))).toEqual(model);
      }),
    );
  });

  test.for<[string, string, readonly number[]]>([
    ["bottom", "one", [1, 1, 1, 1, 0]],
    ["right", "own", [1, 0, 1, 0, 0]],
    ["alone", "one", [0, 0, 0, 0, 1]],
  ])(
    "a change of %s/%s raises the revision of its profile and of all around it, once each",
    ([profile, endpoint, raised]) => {
      const table = tableOf(diamond);
      const view = viewHealthTable(table.buffer);
      table.set(idOf(profile, endpoint), "degraded");
      expect(diamond.profiles.map(({ id }) => view.revisionOf(id))).toEqual(raised);
    },
  );

  test("raises each revision once for changes that come together, and none where nothing changes", () => {
    const table = tableOf(diamond);
    const view = viewHealthTable(table.buffer);
    const ids = [idOf("bottom", "one"), idOf("bottom", "two"), idOf("right", "own")];
    for (let time = 0; time < 2; time++) {
      table.setAll([
        [ids[0]!, "online"],
        [ids[1]!, "degraded"],
        [ids[2]!, "online"],
      ]);
      expect(diamond.profiles.map(({ id }) => view.revisionOf(id))).toEqual([1, 1, 1, 1, 0]);
      expect(ids.map((id) => view.statusOf(id))).toEqual(["online", "degraded", "online"]);
    }
  });

  test.for([-1, 3])("refuses endpoint %d of 3", (endpoint) => {
    expect(() => tableOf(flat(3)).set(endpoint, "online")).toThrow(RangeError);
  });

  test("is seen by another thread without a message", async () => {
    const table = tableOf(flat(2));
    const module = new URL("../../src/health/health-table.ts", import.meta.url).href;
    const worker = new Worker(
      `const { parentPort, workerData } = require("node:worker_threads");
       import(${JSON.stringify(module)}).then(({ viewHealthTable }) => {
         const view = viewHealthTable(workerData);
         const before = view.revisionOf(0);
         parentPort.postMessage("ready");
         while (view.revisionOf(0) === before);
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
