/** A row of the table of a provider's regions. */
import type { RegionCode } from "../region.ts";

/** `code`: of a country, or of a state. Degrees of WGS 84. */
export type CloudRow = readonly [name: string, place: string, code: RegionCode, latitude: number, longitude: number];
