import { expect, test } from "vitest";
import { createRollUp } from "../../src/control/roll-up.ts";
import { subjectStates } from "../../src/control/subject-states.ts";
import { recordingLogger } from "../support/recording-logger.ts";
import { servedOf } from "../support/served.ts";

const profiles = {
  shop: { method: "geographic", endpoints: { fra: { regions: ["DE", "AT"] }, vir: { regions: ["WORLD"] } } },
} as const;

test("subjectStates: endpoints, regions and the profile, as health changes", () => {
  const served = servedOf({ profiles });
  const rollUp = createRollUp({ clock: () => 1000, logger: recordingLogger().logger, onChange() {} });
  rollUp.follow(served);
  const now = (): readonly string[] =>
    [...subjectStates(served, rollUp)]
      .flat()
      .map(({ kind, part, state }) => [kind, part, state].filter(Boolean).join(" "));
  expect(now()).toEqual([
    "profile online",
    "endpoint fra online",
    "region DE up",
    "region AT up",
    "endpoint vir online",
    "region WORLD up",
  ]);
  served.probe({ "shop/fra": "degraded" });
  expect(now()).toEqual([
    "profile degraded",
    "endpoint fra degraded",
    "region DE down",
    "region AT down",
    "endpoint vir online",
    "region WORLD up",
  ]);
  served.probe({ "shop/vir": "degraded" });
  expect(now()[0]).toBe("profile down");
  // Nobody knows yet whether it is up.
  served.probe({ "shop/fra": "checking" });
  expect(now().slice(0, 3)).toEqual(["profile checking", "endpoint fra checking", "region DE checking"]);
  rollUp.stop();
});
