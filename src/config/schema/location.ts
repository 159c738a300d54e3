/** Where something is: a region code, or latitude and longitude in degrees (WGS 84). */
import * as z from "zod";
import { parseLocationRegion } from "../text/region.ts";
import { parsedText } from "./values.ts";

function degrees(limit: number) {
  const error = `-${limit} to ${limit} degrees`;
  return z.number({ error }).min(-limit, { error }).max(limit, { error });
}

const TITLE = "country, subdivision or [latitude, longitude]";

const point = z
  .tuple([degrees(90), degrees(180)], { error: "[latitude, longitude]" })
  .transform(([latitude, longitude]) => ({ latitude, longitude }));

export const locationSchema = z
  .union([parsedText({ title: TITLE, parse: parseLocationRegion }), point], { error: TITLE })
  .meta({ title: TITLE });

export type LocationConfig = z.output<typeof locationSchema>;
