/** The floor: our batched transport with an answerer that does nothing but make answers of the right length. */
import { fileURLToPath } from "node:url";
import type { ServerKind } from "./server.ts";

const PROGRAM = fileURLToPath(new URL("./floor-server.ts", import.meta.url));

export const floor: ServerKind = {
  name: "floor",
  missingPackages: () => [],
  version: () => "the transport of geosteer with an empty answerer",
  steers: false,
  configure: async ({ port }) => ({
    file: process.execPath,
    arguments: ["--max-semi-space-size=4", PROGRAM, String(port)],
  }),
};
