/** docs/api.md: every route has an example, each was run and says what it says, and the table of problems is the code's. */
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { API_ROUTES } from "../../../src/admin/api/routes/table.ts";
import { apiTables } from "../../support/api-tables.ts";
import { OPERATOR, startApi, stopServers, type ApiServer } from "../../support/api-server.ts";
import { createMemoryDesk } from "../../support/memory-desk.ts";
import { withTables } from "../../support/reference-tables.ts";
import { plainEnvironment } from "../../support/plain-environment.ts";

const PAGE = readFileSync(new URL("../../../docs/api.md", import.meta.url), "utf8");

/** A command and what follows until the next one. */
const examples = [...PAGE.matchAll(/```console\n([\s\S]*?)```/g)]
  .flatMap(([, block]) => block!.split(/^(?=\$ )/m))
  .map((example) => ({
    command: example.slice(2, example.indexOf("\n")),
    output: example.slice(example.indexOf("\n") + 1),
  }));

/** curl since 7.82 knows --json. */
const hasTools = ["curl --json x --version", "jq --version"].every((command) => {
  const [program, ...args] = command.split(" ");
  return spawnSync(program!, args).status === 0;
});

const folder = mkdtempSync(path.join(tmpdir(), "geosteer-"));
let api: ApiServer;

beforeAll(async () => {
  const desk = createMemoryDesk({ profiles: ["shop"], endpoints: ["munich", "dublin"] });
  api = await startApi({ desk, control: path.join(folder, "control.sock"), deps: { peerUser: () => 1000 } });
});

afterAll(async () => {
  await stopServers();
  rmSync(folder, { recursive: true });
});

function run(command: string): Promise<string> {
  const env = plainEnvironment({ API: `${api.url}/api/v1`, SOCKET: api.control!, TOKEN: OPERATOR.token });
  return new Promise((resolve) => {
    execFile("bash", ["-c", command], { env }, (_failed, output) => resolve(output));
  });
}

test("each route has an example", () => {
  const asked = examples.map(({ command }) => command);
  const missing = API_ROUTES.filter(({ method, path }) => {
    const at = new RegExp(`(?:\\$API|/api/v1)${path.replaceAll(/\{\w+\}/g, "[^/?]+")}(?:[?" ]|$)`);
    const how = method === "POST" ? /--json/ : method === "DELETE" ? /-X DELETE/ : /^(?!.*(?:--json|-X)).*$/;
    return !asked.some((command) => at.test(command) && how.test(command));
  });
  expect(missing.map(({ operationId }) => operationId)).toEqual([]);
});

test.runIf(hasTools).for(examples)("$ $command", async ({ command, output }) => {
  // The comment that comes to event streams every 15 seconds may come just then.
  const made = (await run(command)).replace("\n:\n\n", "\n");
  expect(made.endsWith("\n") ? made : `${made}\n`).toBe(output);
});

test("its table is what the code makes (npm run docs writes it)", () => {
  expect(PAGE).toBe(withTables(PAGE, apiTables()));
});
