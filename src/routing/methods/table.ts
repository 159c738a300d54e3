/** The routing methods by their name in YAML. A new method is one module and one line here. */
import { geographic } from "./geographic.ts";
import type { Method } from "./method.ts";
import { performance } from "./performance.ts";
import { priority } from "./priority.ts";
import { weighted } from "./weighted.ts";

export const methods = { priority, weighted, performance, geographic } satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;
