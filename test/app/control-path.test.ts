import { expect, test } from "vitest";
import { controlPath, stateFilePath, type ControlPlace } from "../../src/app/control-path.ts";

const NOTHING: ControlPlace = {
  configFile: "/etc/geosteer/geosteer.yaml",
  control: undefined,
  stateFile: undefined,
  stateDirectory: undefined,
};

test.for([
  ["nothing written", {}, "/etc/geosteer/geosteer.db", "/etc/geosteer/control.sock"],
  ["a service's folder", { stateDirectory: "/var/lib/gs" }, "/var/lib/gs/geosteer.db", "/var/lib/gs/control.sock"],
  ["several folders", { stateDirectory: "/var/lib/a:/var/lib/b" }, "/var/lib/a/geosteer.db", "/var/lib/a/control.sock"],
  ["an empty folder", { stateDirectory: "" }, "/etc/geosteer/geosteer.db", "/etc/geosteer/control.sock"],
  ["a state file", { stateFile: "/data/s.db", stateDirectory: "/x" }, "/data/s.db", "/data/control.sock"],
  ["a relative state file", { stateFile: "../s.db" }, "/etc/s.db", "/etc/control.sock"],
  ["no state file", { stateFile: "off", stateDirectory: "/var/lib/gs" }, undefined, "/var/lib/gs/control.sock"],
  ["a socket", { control: "/run/gs.sock" }, "/etc/geosteer/geosteer.db", "/run/gs.sock"],
  ["a relative socket", { control: "run/c", stateFile: "/data/s.db" }, "/data/s.db", "/etc/geosteer/run/c"],
  ["no socket", { control: "off" }, "/etc/geosteer/geosteer.db", undefined],
] as const satisfies [string, Partial<ControlPlace>, string | undefined, string | undefined][])(
  "stateFilePath and controlPath: %s",
  ([, written, state, control]) => {
    const place = { ...NOTHING, ...written };
    expect({ state: stateFilePath(place), control: controlPath(place) }).toEqual({ state, control });
  },
);
