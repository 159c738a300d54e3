/** Every target, by the name that `npm run fuzz -- --target` takes. */
import type { Target } from "../target.ts";
import { createAnswerTarget } from "./answer.ts";
import { config } from "./config.ts";
import { database } from "./database.ts";
import { createEncoderTarget } from "./encoder.ts";
import { frames } from "./frames.ts";
import { zoneFile } from "./zone-file.ts";

/** Made when first used: some compile zones. */
export const targets: Readonly<Record<string, () => Target>> = {
  answer: createAnswerTarget,
  encoder: createEncoderTarget,
  frames: () => frames,
  config: () => config,
  "zone-file": () => zoneFile,
  database: () => database,
};
