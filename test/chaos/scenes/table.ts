/** All scenes, in their order. */
import type { Scene } from "../scene.ts";
import { clock } from "./clock.ts";
import { deadResolver } from "./resolver.ts";
import { descriptors } from "./descriptors.ts";
import { filesAtStart, reloadedFiles } from "./files.ts";
import { halt } from "./halt.ts";
import { logReader } from "./log.ts";
import { stop } from "./stop.ts";

export const scenes: readonly Scene[] = [
  reloadedFiles,
  filesAtStart,
  logReader,
  deadResolver,
  descriptors,
  clock,
  halt,
  stop,
];
