/** Where something is: a region code, a cloud's region, or latitude and longitude in degrees (WGS 84). */
import * as z from "zod";
import { parseLocation } from "../text/location.ts";
import { meantPoint } from "../text/point.ts";
import { parsedText } from "./values.ts";

function degrees(limit: number) {
  const range = `-${limit} to ${limit} degrees`;
  const error = ({ input }: { readonly input?: unknown }): string =>
    typeof input === "number" && Math.abs(input) <= 180 ? `${range}: latitude comes first` : range;
  return z.number({ error: range }).min(-limit, { error }).max(limit, { error });
}

const TITLE = "country, subdivision, cloud's region (azure:westeurope) or [latitude, longitude]";

const point = z
  .tuple([degrees(90), degrees(180)], { error: "[latitude, longitude]" })
  .transform(([latitude, longitude]) => ({ latitude, longitude }));

export const locationSchema = z
  .union([parsedText({ title: TITLE, parse: parseLocation }), point], {
    error: ({ input }) => meantPoint(input) ?? TITLE,
  })
  .meta({ title: TITLE });

export type LocationConfig = z.output<typeof locationSchema>;
