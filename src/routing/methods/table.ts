/** The routing methods by their name in YAML. A new method is one module, one line here and its name in `snapshot.ts`. */
import type { MethodName } from "../snapshot.ts";
import { geographic } from "./geographic.ts";
import type { Method } from "./method.ts";
import { multivalue } from "./multivalue.ts";
import { performance } from "./performance.ts";
import { priority } from "./priority.ts";
import { subnet } from "./subnet.ts";
import { weighted } from "./weighted.ts";

export const methods: Readonly<Record<MethodName, Method>> = {
  priority,
  weighted,
  performance,
  geographic,
  multivalue,
  subnet,
};
