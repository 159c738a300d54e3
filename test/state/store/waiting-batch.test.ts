import { expect, test } from "vitest";
import { BATCH, createWaitingBatch, MOST_WAITING } from "../../../src/state/store/waiting-batch.ts";
import { target, transition } from "../../support/state-files.ts";

test("createWaitingBatch: of a target the latest state is kept, once", () => {
  const waiting = createWaitingBatch();
  waiting.putTargets([target("a"), target("b")]);
  waiting.putTargets([{ ...target("a"), status: "online" }]);
  expect(waiting.take().targets.map(({ key, status }) => `${key} ${status}`)).toEqual(["a online", "b degraded"]);
  expect(waiting.isEmpty()).toBe(true);
});

test("createWaitingBatch: a batch is bounded, and transitions leave in their order", () => {
  const waiting = createWaitingBatch();
  waiting.appendTransitions(Array.from({ length: BATCH + 3 }, (_, i) => transition(`p${i}`)));
  waiting.putTargets([target("a"), target("b")]);
  const first = waiting.take();
  expect(first.targets.length + first.transitions.length).toBe(BATCH);
  const second = waiting.take().transitions;
  expect([...first.transitions, ...second].map(({ subject }) => subject)).toEqual(
    Array.from({ length: BATCH + 3 }, (_, i) => `p${i}`),
  );
  expect(waiting.isEmpty()).toBe(true);
});

test("createWaitingBatch: what is put back comes first again, without the states that are older", () => {
  const waiting = createWaitingBatch();
  waiting.putTargets([target("a"), target("b")]);
  waiting.appendTransitions([transition("first")]);
  const batch = waiting.take();
  waiting.putTargets([{ ...target("a"), status: "online" }]);
  waiting.appendTransitions([transition("second")]);
  waiting.putBack(batch);
  const again = waiting.take();
  expect(again.transitions.map(({ subject }) => subject)).toEqual(["first", "second"]);
  expect(again.targets.find(({ key }) => key === "a")?.status).toBe("online");
});

test("createWaitingBatch: beyond its bound transitions are left out and counted", () => {
  const waiting = createWaitingBatch();
  waiting.appendTransitions(Array.from({ length: MOST_WAITING - 1 }, () => transition("p")));
  expect(waiting.dropped()).toBe(0);
  waiting.appendTransitions([transition("p"), transition("q"), transition("q")]);
  expect(waiting.dropped()).toBe(2);
  const batch = waiting.take();
  waiting.appendTransitions(Array.from({ length: BATCH }, () => transition("p")));
  waiting.putBack(batch);
  expect(waiting.dropped()).toBe(2 + BATCH);
});

test("createWaitingBatch: targets that are gone are not kept any more", () => {
  const waiting = createWaitingBatch();
  waiting.putTargets([target("a"), target("b")]);
  waiting.keepTargets(["b", "c"]);
  expect(waiting.take().targets.map(({ key }) => key)).toEqual(["b"]);
});
