/** multivalue: all endpoints are one tier; `maxAnswers` of them are answered together. */
import type { Method } from "./method.ts";

export const multivalue: Method = {
  isTogether: true,
  placeMatters: false,
  order: (placements) => [placements.map(({ position }) => ({ position, weight: 1, basis: { kind: "together" } }))],
};
