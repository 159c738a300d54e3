/** Rules of Azure Traffic Manager, by what they are about. */
import { AZURE_ANSWERS, AZURE_OVERRIDES } from "./azure-answers.ts";
import { AZURE_HEALTH } from "./azure-health.ts";
import { AZURE_METHODS } from "./azure-methods.ts";
import { AZURE_NESTING } from "./azure-nesting.ts";
import type { PublishedRule } from "./rule.ts";

export const AZURE_RULES: readonly PublishedRule[] = [
  ...AZURE_HEALTH,
  ...AZURE_METHODS,
  ...AZURE_NESTING,
  ...AZURE_ANSWERS,
  ...AZURE_OVERRIDES,
];
