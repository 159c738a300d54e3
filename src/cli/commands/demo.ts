/** `geosteer demo`: the demo configuration, and the three backends that its prober watches. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { commandName } from "../../app/command-name.ts";
import { printProblems } from "../print-problems.ts";
import { createDemoBackend } from "../demo-backend.ts";
import { serve } from "./serve.ts";

const CONFIG = fileURLToPath(new URL("../../../config/demo.yaml", import.meta.url));

/** The backends that the demo configuration's `probe` keys name. */
const BACKENDS = [
  { name: "frankfurt", port: 8101 },
  { name: "saopaulo", port: 8102 },
  { name: "virginia", port: 8103 },
];

/** Where the demo keeps its state, for as long as it runs: its configuration's folder may be anybody's. */
function stateFolder(): string {
  const given = process.env["STATE_DIRECTORY"];
  if (given !== undefined) return given;
  const folder = mkdtempSync(path.join(tmpdir(), "geosteer-demo-"));
  process.env["STATE_DIRECTORY"] = folder;
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function demo(): Promise<void> {
  for (const { name, port } of BACKENDS) {
    const started = await createDemoBackend(name, port);
    if (started.ok) continue;
    printProblems([started.error]);
    process.exit(1);
  }
  // Whoever read this may have gone: that is no reason to end.
  process.stderr.on("error", () => {});
  const state = stateFolder();
  const addresses = await serve(CONFIG, { endsWithTerminal: true });
  const [dns = ""] = addresses.dns;
  const [host, port] = dns.split(":");
  const lines = [
    "",
    `geosteer serves config/demo.yaml: DNS on ${dns} (UDP and TCP), HTTP on ${addresses.http}`,
    "",
    "A client in Germany, one in Brazil, one in the office network:",
    ...["194.25.0.0/24", "200.160.2.0/24", "10.20.1.0/24"].map(
      (subnet) => `  dig @${host} -p ${port} www.gtm.example.com +subnet=${subnet} +short`,
    ),
    "",
    "Stop the backend in Frankfurt, ask again after 5 seconds, and start it again:",
    "  curl -X POST http://127.0.0.1:8101/stop",
    "  curl -X POST http://127.0.0.1:8101/start",
    "",
    "See how all of it is, take a site out bit by bit, and take that back:",
    ...["status", "drain site:frankfurt --over 1m", "override clear site:frankfurt"].map(
      (command) => `  ${commandName()} ${command} --server unix:${path.join(state, "control.sock")}`,
    ),
    "",
    "IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0.",
    "",
  ];
  process.stderr.write(`${lines.join("\n")}\n`);
}
