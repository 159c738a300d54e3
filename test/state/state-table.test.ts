import { once } from "node:events";
import { isDeepStrictEqual } from "node:util";
import { Worker } from "node:worker_threads";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createStateTable, viewStateTable, type StateTable } from "../../src/state/state-table.ts";
import { probedState, type EndpointState } from "../../src/routing/health-view.ts";
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
const tableOf = (outline: Outline): StateTable => createStateTable(outline, createAround(outline));
const idOf = (profile: string, endpoint: string): number =>
  diamond.profiles.find(({ name }) => name === profile)!.endpoints.find(({ name }) => name === endpoint)!.id;

describe("createStateTable", () => {
  test("has every endpoint checking until it is set", () => {
    const view = viewStateTable(tableOf(flat(3)).buffer);
    expect([0, 1, 2].map((endpoint) => view.stateOf(endpoint).status)).toEqual(["checking", "checking", "checking"]);
  });

  test("shows to its views what was set last, and raises the revision by one for each change alone", () => {
    const states = fc.record<EndpointState>(
      {
        status: fc.constantFrom("online", "degraded", "checking"),
        forced: fc.constantFrom(undefined, "up", "down", "out"),
        share: fc.integer({ min: 1, max: 64 }).map((parts) => parts / 64),
        load: fc.integer({ min: 0, max: 64 }).map((parts) => parts / 64),
        ttlStep: fc.integer({ min: 0, max: 15 }),
        addressesDown: fc.integer({ min: 0, max: 1023 }),
      },
      { noNullPrototype: true },
    );
    const writes = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), states));
    fc.assert(
      fc.property(writes, (sequence) => {
        const table = tableOf(flat(5));
        const view = viewStateTable(table.buffer);
        const model = Array.from({ length: 5 }, () => probedState("checking"));
        let changes = 0;
        for (const [endpoint, state] of sequence) {
          if (!isDeepStrictEqual(model[endpoint], state)) changes++;
          model[endpoint] = state;
          table.setAll([[endpoint, state]]);
          expect(view.revisionOf(0)).toBe(changes);
        }
        expect(model.map((_, endpoint) => view.stateOf(endpoint))).toEqual(model);
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
      const view = viewStateTable(table.buffer);
      table.setAll([[idOf(profile, endpoint), probedState("degraded")]]);
      expect(diamond.profiles.map(({ id }) => view.revisionOf(id))).toEqual(raised);
    },
  );

  test("raises each revision once for changes that come together, and none where nothing changes", () => {
    const table = tableOf(diamond);
    const view = viewStateTable(table.buffer);
    const ids = [idOf("bottom", "one"), idOf("bottom", "two"), idOf("right", "own")];
    for (let time = 0; time < 2; time++) {
      table.setAll([
        [ids[0]!, probedState("online")],
        [ids[1]!, probedState("degraded")],
        [ids[2]!, probedState("online")],
      ]);
      expect(diamond.profiles.map(({ id }) => view.revisionOf(id))).toEqual([1, 1, 1, 1, 0]);
      expect(ids.map((id) => view.stateOf(id).status)).toEqual(["online", "degraded", "online"]);
    }
  });

  test.for([-1, 3])("refuses endpoint %d of 3", (endpoint) => {
    expect(() => tableOf(flat(3)).setAll([[endpoint, probedState("online")]])).toThrow(RangeError);
  });

  test("is seen by another thread without a message", async () => {
    const table = tableOf(flat(2));
    const module = new URL("../../src/state/state-table.ts", import.meta.url).href;
    const worker = new Worker(
      `const { parentPort, workerData } = require("node:worker_threads");
       import(${JSON.stringify(module)}).then(({ viewStateTable }) => {
         const view = viewStateTable(workerData);
         const before = view.revisionOf(0);
         parentPort.postMessage("ready");
         while (view.revisionOf(0) === before);
         parentPort.postMessage(view.stateOf(1).status);
       });`,
      { eval: true, workerData: table.buffer },
    );
    await once(worker, "message");
    table.setAll([[1, probedState("degraded")]]);
    expect(await once(worker, "message")).toEqual(["degraded"]);
    await worker.terminate();
  });
});
