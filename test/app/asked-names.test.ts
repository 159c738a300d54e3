import { expect, test } from "vitest";
import { createAskedNames } from "../../src/app/asked-names.ts";
import { snapshotOf } from "../support/snapshot.ts";

const HOUR = 3_600_000;

function world() {
  const outline = snapshotOf({
    profiles: {
      shop: { endpoints: { eu: { nested: "eu" }, us: { address: ["192.0.2.1"] } } },
      eu: { endpoints: { fra: { address: ["192.0.2.2"] } } },
      idle: { endpoints: { a: { address: ["192.0.2.3"] } } },
    },
  });
  const state = { now: 0, us: 0, none: 0 };
  const labels = {
    profiles: outline.profiles.map(({ name }) => name),
    endpoints: outline.endpoints.map(({ name, profile }) => ({
      profile: outline.profiles[profile]!.name,
      endpoint: name,
    })),
    reasons: [],
    filters: [],
  };
  const us = outline.endpoints.findIndex(({ name }) => name === "us");
  const decisions = () => ({
    labels,
    endpoints: Float64Array.from(outline.endpoints, (_, id) => (id === us ? state.us : 0)),
    withoutEndpoint: Float64Array.from(outline.profiles, ({ name }) => (name === "idle" ? state.none : 0)),
  });
  return { state, outline, asked: createAskedNames(() => HOUR, { decisions, clock: () => state.now }) };
}

test("createAskedNames: who is not known for long enough, or was asked for lately, is asked for", () => {
  const { state, outline, asked } = world();
  expect(asked.isAsked(["idle"])).toBe(true);
  asked.look(outline);
  state.now = HOUR - 1;
  asked.look(outline);
  expect(asked.isAsked(["idle"])).toBe(true);
  state.now = HOUR;
  state.us = 1;
  expect(asked.look(outline)).toBe(false);
  expect(["shop", "idle"].map((name) => asked.isAsked([name]))).toEqual([true, false]);
  expect(asked.isAsked(["idle", "shop"])).toBe(true);
});

test("createAskedNames: a nested profile is asked for with the one around it, whoever answers", () => {
  const { state, outline, asked } = world();
  asked.look(outline);
  state.now = 2 * HOUR;
  state.us = 1;
  asked.look(outline);
  expect(["shop", "eu", "idle"].map((name) => asked.isAsked([name]))).toEqual([true, true, false]);
});

test("createAskedNames: tells when one is asked for after a silence, by answers without an endpoint too", () => {
  const { state, outline, asked } = world();
  asked.look(outline);
  state.now = 2 * HOUR;
  expect(asked.look(outline)).toBe(false);
  expect(asked.isAsked(["idle"])).toBe(false);
  state.none = 1;
  expect(asked.look(outline)).toBe(true);
  expect(asked.isAsked(["idle"])).toBe(true);
  expect(asked.look(outline)).toBe(false);
});
