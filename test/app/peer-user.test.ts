/** Who is at the other end of the control socket, over a real one. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { createPeerUser } from "../../src/app/peer-user.ts";
import { ask, startApi, stopServers } from "../support/api-server.ts";

const isKnown = process.platform === "linux" && ["x64", "arm64"].includes(process.arch);

test.runIf(isKnown)("the user of this process asks over the control socket, and is written in the audit", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  const { control, desk } = await startApi({
    control: path.join(folder, "control.sock"),
    deps: { peerUser: createPeerUser() },
  });
  await ask(control!, "/api/v1/reload", { method: "POST", json: {} });
  expect(desk.done).toEqual([`uid:${process.getuid!()} control socket reload`]);
  await stopServers();
  await rm(folder, { recursive: true });
});

test.runIf(isKnown && process.getuid!() === 0)("another user is told apart", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "geosteer-"));
  const file = path.join(folder, "control.sock");
  const { desk } = await startApi({ control: file, deps: { peerUser: createPeerUser() } });
  const asks = `
    require("fs").chownSync(process.argv[1], 0, 1234);
    require("fs").chmodSync(require("path").dirname(process.argv[1]), 0o755);
    process.setgid(1234); process.setuid(4321);
    require("http").request({ socketPath: process.argv[1], path: "/api/v1/reload", method: "POST", headers: { "content-type": "application/json" } }, (answer) => answer.resume()).end();`;
  await once(spawn(process.execPath, ["-e", asks, file], { stdio: "inherit" }), "exit");
  expect(desk.done).toEqual(["uid:4321 control socket reload"]);
  await stopServers();
  await rm(folder, { recursive: true });
});

test("where there is no such descriptor nobody is known", () => {
  expect(createPeerUser()(-1)).toBeUndefined();
});
