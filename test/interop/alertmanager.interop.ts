/** The notices of the format `alertmanager`, as Alertmanager itself takes them. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { SubjectState } from "../../src/control/subject-states.ts";
import { createWebhook, type Webhook } from "../../src/notices/webhook.ts";
import { NOTICE_KINDS } from "../../src/shared/notice-settings.ts";
import { freePort } from "../support/free-port.ts";
import { endpoint, stateOf } from "../support/notice-data.ts";
import { recordingLogger } from "../support/recording-logger.ts";
import { fileOf, lackOf } from "./scene/programs.ts";

const lack = lackOf(["prometheus-alertmanager"]);
if (lack !== undefined) {
  if (process.env["CI"]) throw new Error(`NOT TESTED with Alertmanager: ${lack}`);
  process.stderr.write(`NOT TESTED with Alertmanager: ${lack}\n`);
}

interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly startsAt: string;
}

describe.runIf(lack === undefined)("Alertmanager", () => {
  let folder: string;
  let url: string;
  let server: ChildProcess;
  let webhook: Webhook;
  let states: readonly SubjectState[] = [];

  /** Those that have not ended, by name and what they are about. */
  const firing = async (): Promise<readonly string[]> => {
    const alerts = (await (await fetch(`${url}/api/v2/alerts?active=true`)).json()) as readonly Alert[];
    return alerts
      .map(({ labels: { alertname, profile, endpoint: of } }) => [alertname, profile, of].filter(Boolean).join(" "))
      .toSorted();
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "geosteer-"));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    writeFileSync(path.join(folder, "a.yml"), "route: { receiver: none }\nreceivers: [{ name: none }]\n");
    const options = [`--web.listen-address=127.0.0.1:${port}`, "--cluster.listen-address=", `--storage.path=${folder}`];
    const args = [`--config.file=${path.join(folder, "a.yml")}`, ...options];
    server = spawn(fileOf("prometheus-alertmanager"), args, { stdio: "ignore" });
    await vi.waitFor(async () => expect((await fetch(`${url}/-/ready`)).ok).toBe(true), { timeout: 20_000 });
    const settings = {
      name: "alerts",
      url,
      format: "alertmanager",
      secrets: [],
      on: NOTICE_KINDS,
      only: [],
      gather: 20,
      timeout: 5000,
      ca: undefined,
      headers: {},
    } as const;
    let id = 0;
    webhook = createWebhook(
      settings,
      { messages: [], told: new Map() },
      {
        clock: Date.now,
        random: Math.random,
        logger: recordingLogger().logger,
        store: { changeNotices: async () => true },
        states: () => [states],
        server: () => "ns1",
        newId: () => `msg_${++id}`,
      },
    );
  }, 30_000);

  afterAll(() => {
    webhook.stop();
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  const become = (...now: readonly Omit<SubjectState, "since">[]): void => {
    states = now.map((state) => ({ ...state, since: Date.now() }));
    webhook.poke();
  };
  const untilFiring = (expected: readonly string[]): Promise<unknown> =>
    expect.poll(firing, { timeout: 10_000, interval: 100 }).toEqual(expected);

  test("a test is an alert", async () => {
    expect(await webhook.test()).toMatchObject({ ok: true, status: 200 });
    expect(await firing()).toContain("GeosteerTest");
  });

  test("what is degraded fires, what gets worse becomes another alert, what is well ends", async () => {
    const others = await firing();
    become(endpoint("fra", "degraded"), stateOf("profile", undefined, "degraded"));
    await untilFiring(["GeosteerEndpointDegraded shop fra", "GeosteerProfileDegraded shop", ...others]);
    become(endpoint("fra", "degraded"), stateOf("profile", undefined, "down"));
    await untilFiring(["GeosteerEndpointDegraded shop fra", "GeosteerProfileDown shop", ...others]);
    become(endpoint("fra", "online"), stateOf("profile", undefined, "online"));
    await untilFiring(others);
  });

  test("2,000 endpoints come in two messages, and go", async () => {
    const others = await firing();
    const delivered = webhook.counts().delivered;
    const names = Array.from({ length: 2000 }, (_, i) => `e${i}`);
    become(...names.map((name) => endpoint(name, "degraded")));
    await expect.poll(async () => (await firing()).length, { timeout: 10_000 }).toBe(2000 + others.length);
    expect(webhook.counts().delivered - delivered).toBe(2);
    become();
    await untilFiring(others);
  });
});
