/** For configurations that name no files: whoever asks for one learns that there is none. */
import type { ReadFile } from "../../src/config/source-file.ts";
import { err } from "../../src/shared/result.ts";

export const noFiles: ReadFile = () => err({ reason: "no such file", wanted: undefined });
