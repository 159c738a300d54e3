import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createRollUp, type RollUp, type StatusChange } from "../../src/control/roll-up.ts";
import { settledHealth } from "../../src/routing/health-view.ts";
import type { ProfileSpec } from "../support/snapshot.ts";
import { servedOf, type TestServed } from "../support/served.ts";
import { recordingLogger, type LoggedLine } from "../support/recording-logger.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const shop: ProfileSpec = {
  method: "geographic",
  endpoints: {
    fra: { regions: ["DE", "FR"] },
    ams: { regions: ["GEO-EU"] },
    all: { nested: "rest", regions: ["WORLD"] },
  },
};
const rest: ProfileSpec = { method: "priority", endpoints: { one: {}, two: {} } };

describe("createRollUp", () => {
  let now: number;
  let rollUp: RollUp;
  let changes: StatusChange[];
  let lines: readonly LoggedLine[];
  let served: TestServed;

  beforeEach(async () => {
    now = 1000;
    changes = [];
    const recording = recordingLogger();
    ({ lines } = recording);
    rollUp = createRollUp({
      clock: () => now,
      logger: recording.logger,
      onChange: (more) => void changes.push(...more),
    });
    onTestFinished(() => rollUp.stop());
    served = servedOf({ profiles: { shop, rest } });
    rollUp.follow(served);
    await turn();
  });

  const set = async (found: Parameters<TestServed["probe"]>[0], at: number): Promise<void> => {
    now = at;
    rollUp.look(served.probe(found));
    await turn();
  };
  const endpoint = (path: string) => rollUp.endpoint(served.idOf(path));
  const told = (): readonly string[] =>
    changes.map(({ at, profile, endpoint: name, from, to }) => {
      return `${at} ${name === undefined ? profile : `${profile}/${name}`} ${from} → ${to}`;
    });

  test("knows each status from the start on, and tells nothing of it", () => {
    expect(endpoint("shop/fra")).toMatchObject({ status: "online", since: 1000 });
    expect(rollUp.profile(0)).toMatchObject({ status: "online", since: 1000, allDown: false });
    expect([...rollUp.counts("endpoints")]).toEqual([["online", 5]]);
    expect(changes).toEqual([]);
    expect(lines).toEqual([]);
  });

  test("a change is told of the endpoint, its profile and those around it, and is their new since", async () => {
    await set({ "rest/one": "degraded" }, 2000);
    expect(told()).toEqual(["2000 rest/one online → degraded", "2000 rest online → degraded"]);
    changes.length = 0;
    await set({ "rest/two": "degraded" }, 3000);
    expect(told()).toEqual([
      "3000 rest/two online → degraded",
      "3000 shop/all online → degraded",
      "3000 shop online → degraded",
    ]);
    expect(endpoint("rest/one").since).toBe(2000);
    expect(endpoint("shop/all").since).toBe(3000);
  });

  test("several changes between two turns are one look", async () => {
    rollUp.look(served.probe({ "shop/fra": "degraded" }));
    rollUp.look(served.probe({ "shop/fra": "online" }));
    await turn();
    expect(changes).toEqual([]);
  });

  test("one error when nothing of a profile is up, one line when something is again", async () => {
    await set({ "rest/one": "degraded" }, 2000);
    expect(lines).toEqual([]);
    await set({ "rest/two": "degraded" }, 3000);
    expect(lines).toEqual([
      { level: "error", message: "no endpoint of the profile is up", profile: "rest", whenAllDown: "serveAll" },
      { level: "error", message: "regions have lost their endpoint", profile: "shop", regions: ["WORLD"] },
    ]);
    expect(rollUp.profile(1).allDown).toBe(true);
    (lines as LoggedLine[]).length = 0;
    await set({ "rest/one": "online" }, 4000);
    expect(lines).toEqual([
      { level: "info", message: "the profile has an endpoint up again", profile: "rest" },
      { level: "info", message: "regions have their endpoint again", profile: "shop", regions: ["WORLD"] },
    ]);
  });

  test("a region that loses its endpoint is an error of its own while others are up", async () => {
    await set({ "shop/fra": "degraded" }, 2000);
    expect(lines).toEqual([
      { level: "error", message: "regions have lost their endpoint", profile: "shop", regions: ["DE", "FR"] },
    ]);
  });

  test("an override counts for what is up, and does not change the endpoint's own status", async () => {
    const override = {
      pattern: "rest/*",
      action: "out",
      since: 0,
      until: undefined,
      over: 0,
      reason: undefined,
    } as const;
    rollUp.look(served.states.rule([{ ...override, id: 1, author: "me" }], now));
    await turn();
    expect(endpoint("rest/one").status).toBe("online");
    expect(rollUp.profile(1)).toMatchObject({ status: "inactive", allDown: true });
  });

  test("a new generation keeps what has the same name, and tells what has become of it", async () => {
    await set({ "shop/fra": "degraded" }, 2000);
    changes.length = 0;
    now = 3000;
    const next = servedOf({ profiles: { rest, new: rest, shop } }, 2);
    next.probe({ "rest/two": "degraded" });
    rollUp.follow(next);
    await turn();
    expect(told().toSorted()).toEqual(
      [
        "3000 rest/two online → degraded",
        "3000 rest online → degraded",
        "3000 shop/fra degraded → online",
        "3000 shop degraded → online",
      ].toSorted(),
    );
    expect(rollUp.endpoint(next.idOf("shop/ams")).since).toBe(1000);
    expect(rollUp.endpoint(next.idOf("new/one"))).toMatchObject({ status: "online", since: 3000 });
  });

  test("who reads of a generation reads on, whatever is followed meanwhile", () => {
    const pinned = rollUp.pinned();
    rollUp.follow(servedOf({ profiles: { small: { endpoints: { a: {} } } } }, 2));
    expect(pinned.endpoint(served.idOf("rest/two"))).toMatchObject({ status: "online", since: 1000 });
  });

  test("what was before the start is told as a change too", async () => {
    const again = createRollUp({
      clock: () => 5000,
      logger: recordingLogger().logger,
      onChange: (more) => void changes.push(...more),
    });
    onTestFinished(() => again.stop());
    again.follow(served, (id) => (id === served.idOf("shop/fra") ? "degraded" : undefined));
    await turn();
    expect(told()).toEqual(["5000 shop/fra degraded → online"]);
  });
});

test("many profiles are looked at in slices, and a few lines stand for all that are down", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 3000 }, (_, i) => [`p${i}`, { endpoints: { a: {}, b: {}, c: {}, d: {} } }]),
  );
  const served = servedOf({ profiles: many });
  const recording = recordingLogger();
  const changes: StatusChange[] = [];
  const rollUp = createRollUp({
    clock: () => 1,
    logger: recording.logger,
    onChange: (more) => void changes.push(...more),
  });
  onTestFinished(() => rollUp.stop());
  rollUp.follow(served);
  await turn();
  await turn();
  rollUp.look(served.states.probe(served.outline.endpoints.map(({ id }) => [id, settledHealth("degraded")])));
  await turn();
  expect(changes.length).toBeGreaterThan(0);
  expect(changes.length).toBeLessThan(15_000);
  for (let i = 0; i < 5; i++) await turn();
  expect(changes).toHaveLength(15_000);
  expect(recording.lines.length).toBeLessThan(70);
  expect(recording.lines.filter(({ more }) => more !== undefined)).not.toEqual([]);
});
